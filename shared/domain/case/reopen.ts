import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { accept, refuse } from '../decision.ts'
import { after, DAY } from '../instant.ts'
import { typed } from '../text.ts'
import { admit } from './lifecycle.ts'

/** Re-opens a resolved or closed case within the policy's period: same case, next cycle (SLA-9). Later a new, linked case is opened. */
export const reopen = defineCommand({
  type: 'reopen',
  kind: 'case',
  ability: 'workCases',
  payload: z.object({ reason: typed(20_000) }),
  refers: (_, state) => (state ? [{ kind: 'policy', id: state.policyId }] : []),
  decide: (state, payload, context) => {
    const found = admit(state, 'reopen')
    if (!found.accepted) return found
    const { policyId, number, cycle, closedAt, resolvedAt } = found.state
    if (payload.reason === '') return refuse('reasonRequired')
    const policy = context.directory.policy(policyId)
    if (!policy) return refuse('policyNotFound', { policy: policyId })
    const ended = closedAt ?? resolvedAt
    if (ended !== null && context.occurredAt > after(ended, policy.reopenWithinDays * DAY))
      return refuse('reopenPeriodOver', { number, days: policy.reopenWithinDays, endedAt: ended })
    // Re-opened offline, while others re-opened it, worked on it and ended it again: that later end is not what this person saw.
    if (ended !== null && context.occurredAt < ended) return refuse('updatedMeanwhile', { at: ended })
    return accept({ type: 'caseReopened', reason: payload.reason, cycle: cycle + 1 })
  }
})
