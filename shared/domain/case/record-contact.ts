import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { ContactId } from '../identity.ts'
import { typed } from '../text.ts'
import { refuseContact } from './belongs.ts'
import type { CaseFact } from './fact.ts'
import { ContactChannel } from './fact.ts'
import { admitFact } from './lifecycle.ts'

/** The customer contacted us about this case; ends a wait on the customer at the contact's own time (SLA-7). */
export const recordContact = defineCommand({
  type: 'recordContact',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ text: typed(20_000), via: ContactChannel, contactId: ContactId.nullable() }),
  refers: (payload, state) => [
    ...(state ? [{ kind: 'customer' as const, id: state.customerId }] : []),
    ...(payload.contactId ? [{ kind: 'contact' as const, id: payload.contactId }] : [])
  ],
  decide: (state, payload, context) => {
    const found = admitFact(state, 'recordContact', context.occurredAt)
    if (!found.accepted) return found
    if (payload.text === '') return refuse('textRequired', { field: 'text' })
    const { customerId, waiting } = found.state
    const customer = { id: customerId, name: context.directory.customer(customerId)?.name ?? '' }
    const cannot = refuseContact(payload.contactId, customer, context.directory)
    if (cannot) return cannot
    const facts: CaseFact[] = [{ type: 'customerContacted', ...payload }]
    if (waiting?.on === 'customer' && context.occurredAt > waiting.since) facts.push({ type: 'waitEnded', because: 'customerContacted' })
    return accept(...facts)
  }
})
