import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Person } from './person.ts'

/** Saves a person as given, whole. */
export const savePerson = defineCommand({
  type: 'savePerson',
  kind: 'person',
  ability: 'manageDesk',
  payload: Person,
  refers: () => [],
  decide: (_, payload) => accept({ type: 'saved', kind: 'person', state: payload })
})
