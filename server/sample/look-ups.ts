import type { Directory } from '#shared/domain/context.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { SampleDirectory } from './sample-directory.ts'

/** What the rules may look up while sample cases are played: the sample's own records and the desk's policies. */
export function lookUps({ customers, contacts, items, people, queues }: SampleDirectory, policies: readonly Policy[]): Directory {
  const byId = <T extends { readonly id: string }>(records: readonly T[]) => {
    const found = new Map(records.map((record) => [record.id, record]))
    return (id: string) => found.get(id)
  }
  return {
    customer: byId(customers),
    contact: byId(contacts),
    item: byId(items),
    person: byId(people),
    queue: byId(queues),
    policy: byId(policies),
    policyFor: (plan, at) =>
      policies
        .filter((policy) => policy.plan === plan && policy.effectiveFrom <= at)
        .toSorted((a, b) => b.effectiveFrom - a.effectiveFrom)[0]
  }
}
