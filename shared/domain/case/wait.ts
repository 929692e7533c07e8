import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Instant } from '../instant.ts'
import type { CaseFact } from './fact.ts'
import { WaitingOn } from './fact.ts'
import { workable } from './workable.ts'

/** Puts a case on hold. Needs what was asked and until when (SLA-7); a wait on somebody else replaces the one before. */
export const wait = defineCommand({
  type: 'wait',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ on: WaitingOn, question: z.string().trim().max(20_000), until: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = workable(state)
    if (!found.accepted) return found
    if (payload.question === '') return refuse('questionRequired')
    if (payload.until === null) return refuse('endDateRequired')
    if (payload.until <= context.occurredAt) return refuse('endDateNotInFuture', { until: payload.until })
    const { waiting } = found.state
    if (waiting?.on === payload.on) return refuse('alreadyWaiting', { on: waiting.on, until: waiting.until })
    const facts: CaseFact[] = waiting ? [{ type: 'waitEnded', because: 'replaced' }] : []
    facts.push({ type: 'waitStarted', on: payload.on, question: payload.question, until: payload.until })
    return accept(...facts)
  }
})
