import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { overlooked } from '../sla/standing.ts'
import { typed } from '../text.ts'
import type { CaseFact } from './fact.ts'
import { ResolutionCode } from './fact.ts'
import { admit } from './lifecycle.ts'

/**
 * The matter is dealt with and the customer told how; what follows is closure or a re-opening. A named person telling the customer also
 * acknowledges a case that nobody had acknowledged (SLA-16). Refused when the customer or a re-opening came between.
 */
export const resolve = defineCommand({
  type: 'resolve',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ code: ResolutionCode, text: typed(20_000) }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admit(state, 'resolve')
    if (!found.accepted) return found
    if (payload.code === 'imported') return refuse('malformed', { problem: 'imported is for imports' })
    if (payload.text === '') return refuse('textRequired', { field: 'text' })
    const { marks, waiting, acknowledgedAt } = found.state
    const overtakenAt = overlooked(marks, context.occurredAt, ['contacted', 'updated', 'reopened', 'waited', 'resumed'])
    if (overtakenAt !== null) return refuse('updatedMeanwhile', { at: overtakenAt })
    const facts: CaseFact[] = []
    if (acknowledgedAt === null || context.occurredAt < acknowledgedAt) facts.push({ type: 'caseAcknowledged' })
    if (waiting) facts.push({ type: 'waitEnded', because: 'resolved' })
    facts.push({ type: 'caseResolved', code: payload.code, text: payload.text })
    return accept(...facts)
  }
})
