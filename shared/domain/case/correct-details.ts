import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { ContactId, ItemId } from '../identity.ts'
import { typed } from '../text.ts'
import { refuseContact, refuseItem } from './belongs.ts'
import type { CaseState } from './case.ts'
import { admit } from './lifecycle.ts'
import { Level } from './severity.ts'

const Details = z.object({
  contactId: ContactId.nullable(),
  itemId: ItemId.nullable(),
  subject: typed(200),
  impact: Level.nullable(),
  urgency: Level.nullable()
})
type Details = z.infer<typeof Details>

const FIELDS = ['contactId', 'itemId', 'subject', 'impact', 'urgency'] as const

/**
 * Fills or corrects what intake left open: contact, item, subject, impact, urgency. Severity has commands of its own. `seen` is what the person
 * saw when the form was opened: a field left as it was seen keeps what others made of it meanwhile, and a field that both changed to
 * different values is refused with theirs. Without `seen` all five are taken as given.
 */
export const correctDetails = defineCommand({
  type: 'correctDetails',
  kind: 'case',
  ability: 'workCases',
  payload: Details.extend({ seen: Details.optional() }),
  refers: (payload, state) => [
    ...(state ? [{ kind: 'customer' as const, id: state.customerId }] : []),
    ...(payload.contactId ? [{ kind: 'contact' as const, id: payload.contactId }] : []),
    ...(payload.itemId ? [{ kind: 'item' as const, id: payload.itemId }] : [])
  ],
  decide: (state, { seen, ...wanted }, context) => {
    const found = admit(state, 'correctDetails')
    if (!found.accepted) return found
    if (wanted.subject === '') return refuse('textRequired', { field: 'subject' })
    const clash = seen && FIELDS.find((field) => changedByBoth(field, found.state, seen, wanted))
    if (clash) return refuse('updatedMeanwhile', { field: clash, theirs: found.state[clash], yours: wanted[clash] })
    const merged = seen ? merge(found.state, seen, wanted) : wanted
    if (FIELDS.every((field) => merged[field] === found.state[field])) return accept()
    const customer = { id: found.state.customerId, name: context.directory.customer(found.state.customerId)?.name ?? '' }
    const changedContact = merged.contactId === found.state.contactId ? null : merged.contactId
    const changedItem = merged.itemId === found.state.itemId ? null : merged.itemId
    const cannot = refuseContact(changedContact, customer, context.directory) ?? refuseItem(changedItem, customer, context.directory)
    return cannot ?? accept({ type: 'detailsCorrected', ...merged })
  }
})

function changedByBoth(field: (typeof FIELDS)[number], state: CaseState, seen: Details, wanted: Details): boolean {
  return wanted[field] !== seen[field] && state[field] !== seen[field] && state[field] !== wanted[field]
}

function merge(state: CaseState, seen: Details, wanted: Details): Details {
  return {
    contactId: wanted.contactId === seen.contactId ? state.contactId : wanted.contactId,
    itemId: wanted.itemId === seen.itemId ? state.itemId : wanted.itemId,
    subject: wanted.subject === seen.subject ? state.subject : wanted.subject,
    impact: wanted.impact === seen.impact ? state.impact : wanted.impact,
    urgency: wanted.urgency === seen.urgency ? state.urgency : wanted.urgency
  }
}
