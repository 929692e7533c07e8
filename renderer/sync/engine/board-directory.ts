import type { Directory } from '#shared/domain/context.ts'
import type { RecordKind, StateOf } from '#shared/domain/record.ts'

/** The visible state of one record, undefined when there is none. */
export type Lookup = <K extends RecordKind>(kind: K, id: string) => StateOf[K] | undefined

/** The look-ups of a decision, read from the visible desk. */
export function boardDirectory(lookup: Lookup, policies: () => Iterable<StateOf['policy']>): Directory {
  return {
    customer: (id) => lookup('customer', id),
    contact: (id) => lookup('contact', id),
    item: (id) => lookup('item', id),
    person: (id) => lookup('person', id),
    queue: (id) => lookup('queue', id),
    policy: (id) => lookup('policy', id),
    policyFor: (plan, at) => {
      let newest: StateOf['policy'] | undefined
      for (const policy of policies()) {
        if (policy.plan === plan && policy.effectiveFrom <= at && (!newest || policy.effectiveFrom > newest.effectiveFrom)) newest = policy
      }
      return newest
    }
  }
}
