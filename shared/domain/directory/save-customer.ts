import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Customer } from './customer.ts'
import { isTimeZone } from './time-zone.ts'

/** Saves a customer as given, whole. Its security contact must be one of its own; it stays active while cases of it are open. */
export const saveCustomer = defineCommand({
  type: 'saveCustomer',
  kind: 'customer',
  ability: 'manageDirectory',
  payload: Customer,
  refers: (payload) => (payload.securityContactId ? [{ kind: 'contact', id: payload.securityContactId }] : []),
  decide: (state, payload, context) => {
    if (!isTimeZone(payload.timeZone)) return refuse('timeZoneUnknown', { timeZone: payload.timeZone })
    if (payload.securityContactId) {
      const contact = context.directory.contact(payload.securityContactId)
      if (!contact) return refuse('contactNotFound')
      if (contact.customerId !== payload.id) return refuse('contactOfOtherCustomer', { contact: contact.name, customer: payload.name })
    }
    const openCases = state?.active && !payload.active ? (context.directory.openCases?.({ kind: 'customer', id: payload.id }) ?? 0) : 0
    if (openCases > 0) return refuse('stillInUse', { name: payload.name, openCases })
    return accept({ type: 'saved', kind: 'customer', state: { ...payload, sample: state?.sample ?? false } })
  }
})
