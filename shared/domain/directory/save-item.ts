import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Item } from './item.ts'

/** Saves a item as given, whole. */
export const saveItem = defineCommand({
  type: 'saveItem',
  kind: 'item',
  ability: 'manageDirectory',
  payload: Item,
  refers: () => [],
  decide: (_, payload) => accept({ type: 'saved', kind: 'item', state: payload })
})
