import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { isMoreSevere, Severity } from './severity.ts'
import { workable } from './workable.ts'

/** Lowers severity from the one the agent saw; refused when somebody raised it meanwhile, because raising beats lowering (SLA-6). */
export const lowerSeverity = defineCommand({
  type: 'lowerSeverity',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ from: Severity, to: Severity, reason: z.string().trim().max(2_000) }),
  refers: () => [],
  decide: (state, payload) => {
    const found = workable(state)
    if (!found.accepted) return found
    const { severity } = found.state
    if (severity === payload.to) return accept()
    if (payload.reason === '') return refuse('reasonRequired')
    if (!isMoreSevere(severity, payload.to)) return refuse('notLessSevere', { from: severity, to: payload.to })
    if (isMoreSevere(severity, payload.from)) return refuse('updatedMeanwhile', { severity })
    return accept({ type: 'severityLowered', from: severity, to: payload.to, reason: payload.reason })
  }
})
