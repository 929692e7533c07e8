import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { overlooked } from '../sla/standing.ts'
import { typed } from '../text.ts'
import { keepWords } from './keep-words.ts'
import { admit } from './lifecycle.ts'
import { isMoreSevere, Severity } from './severity.ts'

/** Lowers severity from the one the agent saw; refused when somebody changed it meanwhile, because raising beats lowering (SLA-19). */
export const lowerSeverity = defineCommand({
  type: 'lowerSeverity',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ from: Severity, to: Severity, reason: typed(2_000) }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admit(state, 'lowerSeverity')
    if (!found.accepted) return found
    const { severity, marks } = found.state
    if (severity === payload.to) return keepWords(payload.reason)
    if (payload.reason === '') return refuse('reasonRequired')
    if (!isMoreSevere(severity, payload.to)) return refuse('notLessSevere', { from: severity, to: payload.to })
    const changedAt = overlooked(marks, context.occurredAt, ['severity'])
    if (severity !== payload.from || changedAt !== null) return refuse('updatedMeanwhile', { severity, at: changedAt })
    return accept({ type: 'severityLowered', from: severity, to: payload.to, reason: payload.reason })
  }
})
