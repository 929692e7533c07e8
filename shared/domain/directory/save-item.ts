import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Item } from './item.ts'

/** Saves a configuration item of a customer as given, whole. An item never moves to another customer. */
export const saveItem = defineCommand({
  type: 'saveItem',
  kind: 'item',
  ability: 'manageDirectory',
  payload: Item,
  refers: (payload) => [{ kind: 'customer', id: payload.customerId }],
  decide: (state, payload, context) => {
    const customer = context.directory.customer(payload.customerId)
    if (!customer) return refuse('customerNotFound')
    if (state && state.customerId !== payload.customerId)
      return refuse('itemOfOtherCustomer', { item: state.name, customer: customer.name })
    return accept({ type: 'saved', kind: 'item', state: { ...payload, sample: state?.sample ?? customer.sample } })
  }
})
