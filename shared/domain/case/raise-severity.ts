import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { isMoreSevere, Severity } from './severity.ts'
import { workable } from './workable.ts'

/** Raises severity. Wins over a lowering decided on the same state: what counts is the severity the case has now (SLA-6). */
export const raiseSeverity = defineCommand({
  type: 'raiseSeverity',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ to: Severity, reason: z.string().trim().max(2_000) }),
  refers: () => [],
  decide: (state, payload) => {
    const found = workable(state)
    if (!found.accepted) return found
    const from = found.state.severity
    if (from === payload.to) return accept()
    if (!isMoreSevere(payload.to, from)) return refuse('notMoreSevere', { from, to: payload.to })
    return accept({ type: 'severityRaised', from, to: payload.to, reason: payload.reason })
  }
})
