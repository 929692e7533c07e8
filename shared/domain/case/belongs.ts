import type { Directory } from '../context.ts'
import type { Refused } from '../decision.ts'
import { refuse } from '../decision.ts'
import type { Customer } from '../directory/customer.ts'
import type { ContactId, ItemId, PersonId, QueueId } from '../identity.ts'
import { maySeeQueue } from '../permission/scope.ts'

/** The refusal when a contact is not one of this customer's; null when it is, or when none is named. */
export function refuseContact(id: ContactId | null, customer: Pick<Customer, 'id' | 'name'>, directory: Directory): Refused | null {
  if (id === null) return null
  const contact = directory.contact(id)
  if (!contact) return refuse('contactNotFound')
  return contact.customerId === customer.id ? null : refuse('contactOfOtherCustomer', { contact: contact.name, customer: customer.name })
}

/** The refusal when an item is not one of this customer's; null when it is, or when none is named. */
export function refuseItem(id: ItemId | null, customer: Pick<Customer, 'id' | 'name'>, directory: Directory): Refused | null {
  if (id === null) return null
  const item = directory.item(id)
  if (!item) return refuse('itemNotFound')
  return item.customerId === customer.id ? null : refuse('itemOfOtherCustomer', { item: item.name, customer: customer.name })
}

/** The refusal when a case cannot lie in this queue with this owner; null when it can. An owner must be able to see the case. */
export function refuseOwner(queueId: QueueId, assigneeId: PersonId | null, directory: Directory): Refused | null {
  if (!directory.queue(queueId)?.active) return refuse('queueNotFound')
  if (assigneeId === null) return null
  const assignee = directory.person(assigneeId)
  if (!assignee) return refuse('personNotFound')
  const able = assignee.active && assignee.role !== 'wall' && maySeeQueue(assignee, queueId, directory)
  return able ? null : refuse('personCannotOwnCases', { person: assignee.name })
}
