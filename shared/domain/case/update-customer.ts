import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { ContactChannel } from './fact.ts'
import { reachable } from './workable.ts'

/** A customer-facing update: ends RESPONSE if it is the first, restarts UPDATE (SLA-2, SLA-3). */
export const updateCustomer = defineCommand({
  type: 'updateCustomer',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: z.string().trim().min(1).max(20_000), via: ContactChannel }),
  refers: () => [],
  decide: (state, payload) => {
    const found = reachable(state)
    return found.accepted ? accept({ type: 'customerUpdated', text: payload.text, via: payload.via }) : found
  }
})
