import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Instant } from '../instant.ts'
import { typed } from '../text.ts'
import { admitFact } from './lifecycle.ts'

/** The read-back sheet was read to the caller after the save: number, severity, what happens next (SLA-2). */
export const readBack = defineCommand({
  type: 'readBack',
  kind: 'case',
  ability: 'takeCalls',
  payload: z.object({ nextStep: typed(2_000), nextUpdateAt: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admitFact(state, 'readBack', context.occurredAt)
    if (!found.accepted) return found
    if (payload.nextStep === '') return refuse('textRequired', { field: 'nextStep' })
    if (payload.nextUpdateAt !== null && payload.nextUpdateAt <= context.occurredAt)
      return refuse('endDateNotInFuture', { until: payload.nextUpdateAt })
    return accept({ type: 'readBackGiven', ...payload })
  }
})
