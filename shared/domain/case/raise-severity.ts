import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { standingSeverity } from '../sla/standing.ts'
import { typed } from '../text.ts'
import { keepWords } from './keep-words.ts'
import { admit } from './lifecycle.ts'
import { isMoreSevere, Severity } from './severity.ts'

/**
 * Raises severity. Wins over a lowering decided on the same state: what counts is the severity the case has now (SLA-19). A raise that others
 * also made, but later, is recorded all the same: its promise began earlier (SLA-11).
 */
export const raiseSeverity = defineCommand({
  type: 'raiseSeverity',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ to: Severity, reason: typed(2_000) }),
  refers: () => [],
  decide: (state, payload, context) => {
    const found = admit(state, 'raiseSeverity')
    if (!found.accepted) return found
    const { severity, marks } = found.state
    if (isMoreSevere(severity, payload.to)) return refuse('notMoreSevere', { from: severity, to: payload.to })
    const from = severity === payload.to ? standingSeverity(marks, context.occurredAt) : severity
    if (!isMoreSevere(payload.to, from)) return keepWords(payload.reason)
    return accept({ type: 'severityRaised', from, to: payload.to, reason: payload.reason })
  }
})
