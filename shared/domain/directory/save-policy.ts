import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { Policy } from '../sla/policy.ts'

/** Adds a policy version. A version is immutable (SLA-15): saving the same id again is refused. */
export const savePolicy = defineCommand({
  type: 'savePolicy',
  kind: 'policy',
  ability: 'manageDesk',
  payload: Policy,
  refers: () => [],
  decide: (state, payload) => {
    if (state) return refuse('recordExists', { id: state.id })
    if (payload.calendar !== '24x7') return refuse('calendarUnknown', { calendar: payload.calendar })
    return accept({ type: 'saved', kind: 'policy', state: payload })
  }
})
