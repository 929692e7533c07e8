import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Contact } from './contact.ts'

/** Saves a contact of a customer as given, whole. A contact never moves to another customer: its history stays where it was made. */
export const saveContact = defineCommand({
  type: 'saveContact',
  kind: 'contact',
  ability: 'manageDirectory',
  payload: Contact,
  refers: (payload) => [{ kind: 'customer', id: payload.customerId }],
  decide: (state, payload, context) => {
    const customer = context.directory.customer(payload.customerId)
    if (!customer) return refuse('customerNotFound')
    if (state && state.customerId !== payload.customerId)
      return refuse('contactOfOtherCustomer', { contact: state.name, customer: customer.name })
    return accept({ type: 'saved', kind: 'contact', state: { ...payload, sample: state?.sample ?? customer.sample } })
  }
})
