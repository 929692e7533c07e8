import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Instant } from '../instant.ts'
import { overlooked } from '../sla/standing.ts'
import { typed } from '../text.ts'
import type { CaseFact } from './fact.ts'
import { WaitingOn } from './fact.ts'
import { admit } from './lifecycle.ts'

/**
 * Puts a case on hold. Needs what was asked and until when (SLA-7); a wait on somebody else, or one whose end date has come, is replaced.
 * Refused when the customer made contact, or the case was held, resumed or re-opened, after the person asked.
 */
export const wait = defineCommand({
  type: 'wait',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ on: WaitingOn, question: typed(20_000), until: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admit(state, 'wait')
    if (!found.accepted) return found
    if (payload.question === '') return refuse('questionRequired')
    if (payload.until === null) return refuse('endDateRequired')
    if (payload.until <= context.occurredAt) return refuse('endDateNotInFuture', { until: payload.until })
    const { waiting, marks } = found.state
    const overtakenAt = overlooked(marks, context.occurredAt, ['contacted', 'waited', 'resumed', 'reopened'])
    if (overtakenAt !== null) return refuse('updatedMeanwhile', { at: overtakenAt })
    const stillHeld = waiting !== null && (waiting.until === null || waiting.until > context.occurredAt)
    if (stillHeld && waiting.on === payload.on) return refuse('alreadyWaiting', { on: waiting.on, until: waiting.until })
    const facts: CaseFact[] = waiting ? [{ type: 'waitEnded', because: 'replaced' }] : []
    facts.push({ type: 'waitStarted', on: payload.on, question: payload.question, until: payload.until })
    return accept(...facts)
  }
})
