import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Contact } from './contact.ts'

/** Saves a contact as given, whole. */
export const saveContact = defineCommand({
  type: 'saveContact',
  kind: 'contact',
  ability: 'manageDirectory',
  payload: Contact,
  refers: () => [],
  decide: (_, payload) => accept({ type: 'saved', kind: 'contact', state: payload })
})
