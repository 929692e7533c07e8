import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Customer } from './customer.ts'

/** Saves a customer as given, whole. */
export const saveCustomer = defineCommand({
  type: 'saveCustomer',
  kind: 'customer',
  ability: 'manageDirectory',
  payload: Customer,
  refers: () => [],
  decide: (_, payload) => accept({ type: 'saved', kind: 'customer', state: payload })
})
