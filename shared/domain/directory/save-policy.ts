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
  decide: (state, payload) => (state ? refuse('recordExists', { id: state.id }) : accept({ type: 'saved', kind: 'policy', state: payload }))
})
