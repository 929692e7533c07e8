import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { ContactId } from '../identity.ts'
import type { CaseFact } from './fact.ts'
import { ContactChannel } from './fact.ts'
import { reachable } from './workable.ts'

/** The customer contacted us about this case; ends a wait on the customer at the contact's own time (SLA-7). */
export const recordContact = defineCommand({
  type: 'recordContact',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: z.string().trim().min(1).max(20_000), via: ContactChannel, contactId: ContactId.nullable() }),
  refers: (payload) => (payload.contactId ? [{ kind: 'contact', id: payload.contactId }] : []),
  decide: (state, payload, context) => {
    const found = reachable(state)
    if (!found.accepted) return found
    if (payload.contactId && context.directory.contact(payload.contactId)?.customerId !== found.state.customerId)
      return refuse('contactNotFound')
    const facts: CaseFact[] = [{ type: 'customerContacted', ...payload }]
    if (found.state.waiting?.on === 'customer') facts.push({ type: 'waitEnded', because: 'customerContacted' })
    return accept(...facts)
  }
})
