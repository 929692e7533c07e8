import type { Directory } from '#shared/domain/context.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { BoardState } from './board.ts'

/** The look-ups of a decision, answered from the visible desk. */
export function localDirectory(board: BoardState): Directory {
  return {
    customer: (id) => board.customers.get(id),
    contact: (id) => board.contacts.get(id),
    item: (id) => board.items.get(id),
    person: (id) => board.people.get(id),
    queue: (id) => board.queues.get(id),
    policy: (id) => board.policies.get(id),
    policyFor: (plan, at) => {
      let best: Policy | undefined
      for (const policy of board.policies.values()) {
        if (policy.plan === plan && policy.effectiveFrom <= at && (!best || policy.effectiveFrom > best.effectiveFrom)) best = policy
      }
      return best
    }
  }
}
