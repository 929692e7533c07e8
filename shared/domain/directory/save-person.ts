import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Person } from './person.ts'

/** Saves a person as given, whole. The last active admin cannot be demoted or made inactive; who owns open cases stays able to own them. */
export const savePerson = defineCommand({
  type: 'savePerson',
  kind: 'person',
  ability: 'manageDesk',
  payload: Person,
  refers: (payload) => payload.queueIds.map((id) => ({ kind: 'queue', id })),
  decide: (state, payload, context) => {
    const leavesAdmins = state?.role === 'admin' && state.active && (payload.role !== 'admin' || !payload.active)
    if (leavesAdmins && context.directory.lastAdmin?.(payload.id)) return refuse('lastAdmin', { person: state.name })
    if (payload.queueIds.some((id) => !context.directory.queue(id))) return refuse('queueNotFound')
    const stopsOwning = state?.active && state.role !== 'wall' && (!payload.active || payload.role === 'wall')
    const openCases = stopsOwning ? (context.directory.openCases?.({ kind: 'person', id: payload.id }) ?? 0) : 0
    if (openCases > 0) return refuse('stillInUse', { name: payload.name, openCases })
    return accept({ type: 'saved', kind: 'person', state: { ...payload, sample: state?.sample ?? false } })
  }
})
