import type { Instant } from '../instant.ts'
import type { CaseId, ContactId, CustomerId, ItemId, PersonId, PolicyId, QueueId } from '../identity.ts'
import type { ClockMark } from '../sla/mark.ts'
import type { Channel, ResolutionCode, WaitingOn } from './fact.ts'
import type { Level, Severity } from './severity.ts'

export const CASE_STATUSES = ['new', 'inProgress', 'waiting', 'resolved', 'closed'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

/** A field that intake could not fill. It is a task on the case, never an error. */
export type MissingField = 'contact' | 'item' | 'impact' | 'urgency' | 'description' | 'verification'

export type Waiting = {
  readonly on: WaitingOn
  readonly since: Instant
  /** The end date promised when the wait began (SLA-7); null only for waits that an import brought without one. */
  readonly until: Instant | null
  readonly question: string
}

/**
 * A case as its log of facts folds to it: what lists show and what decisions need. Long texts stay on the timeline.
 * The same value lies in the server's case row, in every console's replica and under every pending command.
 */
export type CaseState = {
  readonly id: CaseId
  readonly number: string
  /** Provisional numbers read out while no leased number was left; they find the case for ever. */
  readonly aliases: readonly string[]
  readonly status: CaseStatus
  readonly severity: Severity
  readonly impact: Level | null
  readonly urgency: Level | null
  readonly subject: string
  readonly channel: Channel
  readonly customerId: CustomerId
  readonly contactId: ContactId | null
  readonly callerName: string
  readonly callbackNumber: string | null
  readonly itemId: ItemId | null
  readonly queueId: QueueId
  readonly assigneeId: PersonId | null
  readonly openedAt: Instant
  readonly openedBy: PersonId
  readonly acknowledgedAt: Instant | null
  readonly acknowledgedBy: PersonId | null
  readonly waiting: Waiting | null
  readonly resolution: ResolutionCode | null
  readonly resolvedAt: Instant | null
  readonly closedAt: Instant | null
  /** 1 for the first life of the case, one more for every re-opening (SLA-9). */
  readonly cycle: number
  readonly reopenCount: number
  readonly verified: boolean
  readonly missing: readonly MissingField[]
  readonly policyId: PolicyId
  /** The clocks' own projection of the log, ordered by instant: all that sla/ needs beside the policy. */
  readonly marks: readonly ClockMark[]
  /** Instant of the last customer-facing update or customer contact, whoever made it. */
  readonly lastContactAt: Instant | null
  /** When the newest fact was recorded: what "recently" means for replicas. */
  readonly changedAt: Instant
  readonly parentId: CaseId | null
  readonly source: { readonly system: string; readonly number: string } | null
  readonly sample: boolean
}

/** Open means: somebody still owes the customer something. */
export function isOpen(status: CaseStatus): boolean {
  return status === 'new' || status === 'inProgress' || status === 'waiting'
}
