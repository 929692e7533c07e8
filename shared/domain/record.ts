import { z } from 'zod'
import type { CaseState } from './case/case.ts'
import type { CaseFact } from './case/fact.ts'
import type { Contact } from './directory/contact.ts'
import type { Customer } from './directory/customer.ts'
import type { Item } from './directory/item.ts'
import type { Person } from './directory/person.ts'
import type { Queue } from './directory/queue.ts'
import type { Instant } from './instant.ts'
import type { CommandId, PersonId } from './identity.ts'
import type { Policy } from './sla/policy.ts'

/** Everything the desk keeps is a record of one of these kinds, changed by facts, one version per change. */
export const RecordKind = z.enum(['case', 'customer', 'contact', 'item', 'person', 'queue', 'policy'])
export type RecordKind = z.infer<typeof RecordKind>

export type StateOf = {
  readonly case: CaseState
  readonly customer: Customer
  readonly contact: Contact
  readonly item: Item
  readonly person: Person
  readonly queue: Queue
  readonly policy: Policy
}

export const RecordRef = z.object({ kind: RecordKind, id: z.string().regex(/^[a-z0-9/-]{1,80}$/) })
export type RecordRef = z.infer<typeof RecordRef>

/** Directory records have one fact: they were saved as this. */
export type SavedFact = {
  readonly [K in Exclude<RecordKind, 'case'>]: { readonly type: 'saved'; readonly kind: K; readonly state: StateOf[K] }
}[Exclude<RecordKind, 'case'>]
type RemovedFact = { readonly type: 'removed' }
export type Fact = CaseFact | SavedFact | RemovedFact

/** A fact with its provenance: who, when it happened, when it was recorded, by which command. One line of a timeline. */
export type LoggedFact<F extends Fact = Fact> = {
  readonly fact: F
  readonly occurredAt: Instant
  readonly recordedAt: Instant
  readonly actorId: PersonId
  readonly commandId: CommandId | null
  /** SLA-11: recorded more than a moment after it happened, because the console had no connection. */
  readonly late: boolean
}

/** A record's present state; `state` is null once it was removed. `version` counts its changes from 1 without a gap. */
export type RecordImage<K extends RecordKind = RecordKind> = {
  readonly [P in K]: { readonly kind: P; readonly id: string; readonly version: number; readonly state: StateOf[P] | null }
}[K]
