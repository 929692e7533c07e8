import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Instant } from '../instant.ts'
import { reachable } from './workable.ts'

/** The read-back sheet was read to the caller after the save: number, severity, what happens next (SLA-2). */
export const readBack = defineCommand({
  type: 'readBack',
  kind: 'case',
  ability: 'takeCalls',
  payload: z.object({ nextStep: z.string().trim().min(1).max(2_000), nextUpdateAt: Instant.nullable() }),
  refers: () => [],
  decide: (state, payload) => {
    const found = reachable(state)
    return found.accepted ? accept({ type: 'readBackGiven', ...payload }) : found
  }
})
