import { defineCommand } from '../command.ts'
import { accept } from '../decision.ts'
import { Queue } from './queue.ts'

/** Saves a queue as given, whole. */
export const saveQueue = defineCommand({
  type: 'saveQueue',
  kind: 'queue',
  ability: 'manageDesk',
  payload: Queue,
  refers: () => [],
  decide: (_, payload) => accept({ type: 'saved', kind: 'queue', state: payload })
})
