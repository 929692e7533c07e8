import type { Severity } from '../case/severity.ts'
import type { Instant } from '../instant.ts'

/**
 * What the clocks need to know of a case, one mark per relevant fact, ordered by instant and, within one instant, in the
 * order of SLA-8 (contact, severity, status, pause). Marks are a projection of the log, kept in the case row because
 * they are small; due instants and breaches are always computed from them and never stored.
 */
export type ClockMark =
  | { readonly at: Instant; readonly m: 'opened'; readonly severity: Severity; readonly phone: boolean }
  | { readonly at: Instant; readonly m: 'acknowledged' }
  | { readonly at: Instant; readonly m: 'responded' }
  | { readonly at: Instant; readonly m: 'updated' }
  | { readonly at: Instant; readonly m: 'contacted' }
  | { readonly at: Instant; readonly m: 'severity'; readonly severity: Severity }
  | {
      readonly at: Instant
      readonly m: 'waited'
      readonly on: 'customer' | 'vendor' | 'problem' | 'evidence'
      readonly until: Instant | null
    }
  | { readonly at: Instant; readonly m: 'resumed' }
  | { readonly at: Instant; readonly m: 'resolved' }
  | { readonly at: Instant; readonly m: 'closed' }
  | { readonly at: Instant; readonly m: 'reopened' }
  | { readonly at: Instant; readonly m: 'merged' }
