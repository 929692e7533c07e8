import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { after, DAY } from '../instant.ts'

/** Re-opens a resolved or closed case within the policy's period: same case, next cycle (SLA-9). */
export const reopen = defineCommand({
  type: 'reopen',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ reason: z.string().trim().max(20_000) }),
  refers: () => [],
  decide: (state, payload, context) => {
    if (!state) return refuse('recordNotFound')
    if (state.status !== 'resolved' && state.status !== 'closed') return refuse('caseOpenAlready', { number: state.number })
    if (payload.reason === '') return refuse('reasonRequired')
    const policy = context.directory.policy(state.policyId)
    if (!policy) return refuse('policyNotFound', { policy: state.policyId })
    const ended = state.closedAt ?? state.resolvedAt
    if (ended !== null && context.occurredAt > after(ended, policy.reopenWithinDays * DAY))
      return refuse('reopenPeriodOver', { number: state.number, days: policy.reopenWithinDays, endedAt: ended })
    return accept({ type: 'caseReopened', reason: payload.reason, cycle: state.cycle + 1 })
  }
})
