import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Queue } from './queue.ts'

/** Saves a queue as given, whole. It stays active while open cases wait in it. */
export const saveQueue = defineCommand({
  type: 'saveQueue',
  kind: 'queue',
  ability: 'manageDesk',
  payload: Queue,
  refers: () => [],
  decide: (state, payload, context) => {
    const openCases = state?.active && !payload.active ? (context.directory.openCases?.({ kind: 'queue', id: payload.id }) ?? 0) : 0
    if (openCases > 0) return refuse('stillInUse', { name: payload.name, openCases })
    return accept({ type: 'saved', kind: 'queue', state: { ...payload, sample: state?.sample ?? false } })
  }
})
