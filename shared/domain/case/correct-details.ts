import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { ContactId, ItemId } from '../identity.ts'
import { Level } from './severity.ts'
import { reachable } from './workable.ts'

/** Fills or corrects what intake left open: contact, item, subject, impact, urgency. Severity has commands of its own. */
export const correctDetails = defineCommand({
  type: 'correctDetails',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({
    contactId: ContactId.nullable(),
    itemId: ItemId.nullable(),
    subject: z.string().trim().min(1).max(200),
    impact: Level.nullable(),
    urgency: Level.nullable()
  }),
  refers: (payload) => [
    ...(payload.contactId ? [{ kind: 'contact' as const, id: payload.contactId }] : []),
    ...(payload.itemId ? [{ kind: 'item' as const, id: payload.itemId }] : [])
  ],
  decide: (state, payload, context) => {
    const found = reachable(state)
    if (!found.accepted) return found
    const { customerId } = found.state
    if (payload.contactId && context.directory.contact(payload.contactId)?.customerId !== customerId) return refuse('contactNotFound')
    if (payload.itemId && context.directory.item(payload.itemId)?.customerId !== customerId) return refuse('itemNotFound')
    return accept({ type: 'detailsCorrected', ...payload })
  }
})
