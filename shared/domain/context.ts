import type { Contact } from './directory/contact.ts'
import type { Customer } from './directory/customer.ts'
import type { Item } from './directory/item.ts'
import type { Person } from './directory/person.ts'
import type { Queue } from './directory/queue.ts'
import type { Instant } from './instant.ts'
import type { CommandId, ContactId, CustomerId, ItemId, PersonId, PolicyId, QueueId } from './identity.ts'
import type { Policy } from './sla/policy.ts'
import type { ServicePlan } from './directory/service-plan.ts'

/** The look-ups a decision may make. On the server they read rows gathered before deciding, on a console the replica. */
export type Directory = {
  readonly customer: (id: CustomerId) => Customer | undefined
  readonly contact: (id: ContactId) => Contact | undefined
  readonly item: (id: ItemId) => Item | undefined
  readonly person: (id: PersonId) => Person | undefined
  readonly queue: (id: QueueId) => Queue | undefined
  readonly policy: (id: PolicyId) => Policy | undefined
  /** The policy version that a new case of this plan starts with at this instant. */
  readonly policyFor: (plan: ServicePlan, at: Instant) => Policy | undefined
  /** Whether this person is the only active admin. Known to the server; a console may leave it out and let the server decide. */
  readonly lastAdmin?: (id: PersonId) => boolean
  /** The number of open cases that name this customer, queue or person. Known to the server; a console may leave it out. */
  readonly openCases?: (record: { readonly kind: 'customer' | 'queue' | 'person'; readonly id: string }) => number
}

/** What is known of the case number a command wants to use. */
export type NumberStanding =
  | { readonly standing: 'leased' }
  | { readonly standing: 'taken' }
  | { readonly standing: 'notLeased' }
  /** A provisional number; `replacement` is the final one handed out with the decision, null while none can be had (offline). */
  | { readonly standing: 'provisional'; readonly replacement: string | null }

/** Everything a decision depends on beside the record and the command. Gathered first, then decided: decide never waits. */
export type Context = {
  /** When the command is judged: the server's receipt, or the console's measured server time. */
  readonly now: Instant
  /** When it happened, already bounded by SLA-11. */
  readonly occurredAt: Instant
  readonly late: boolean
  readonly commandId: CommandId
  readonly actor: Person
  readonly directory: Directory
  readonly number: NumberStanding | null
}
