import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import { e164Of, readableNumber } from '#renderer/store/phone.ts'
import type { Match } from './use-matches.ts'

/** What choosing a match fills in. Nothing the agent typed as the caller's own words is replaced, except a name that was typed to find the person. */
export function chosen(match: Match, fields: IntakeFields, country: string): Partial<IntakeFields> {
  switch (match.kind) {
    case 'contact': {
      const { contact, customer } = match
      const [phone] = contact.phones
      const whole = e164Of(fields.callerNumber, country) !== null
      const callbackNumber = fields.callbackNumber || (whole ? fields.callerNumber : phone ? readableNumber(phone) : fields.callerNumber)
      const otherCustomer = fields.customerId !== null && fields.customerId !== contact.customerId
      return {
        contactId: contact.id,
        contactText: contact.name,
        callerName: contact.name,
        customerId: contact.customerId,
        customerText: customer?.name ?? '',
        callbackNumber,
        ...(otherCustomer ? { itemId: null, itemText: '' } : {})
      }
    }
    case 'customer':
      return fields.customerId === match.customer.id
        ? { customerText: match.customer.name }
        : { customerId: match.customer.id, customerText: match.customer.name, contactId: null, contactText: '', itemId: null, itemText: '' }
    case 'item':
      return { itemId: match.item.id, itemText: match.item.name }
  }
}

/** Enter takes the first match by itself only where that cannot be a wrong person: something was typed, and a number belongs to one person alone. */
export function firstActive(field: string, typed: string, matches: readonly Match[]): number {
  if (matches.length === 0 || typed === '') return -1
  return field === 'callerNumber' && matches.length > 1 ? -1 : 0
}
