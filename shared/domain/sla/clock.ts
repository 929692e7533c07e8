import type { Instant } from '../instant.ts'

export const CLOCK_KINDS = ['ACK', 'RESPONSE', 'UPDATE', 'RESOLVE'] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

/** One promise of one case as it stands at an instant. `dueAt` is null only while a pause without an end date holds the clock. */
export type ClockReading = {
  readonly kind: ClockKind
  /** The case cycle the promise belongs to (SLA-9) and, for UPDATE, which interval of that cycle, both counted from 1. */
  readonly cycle: number
  readonly round: number
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  /** Milliseconds of counted time the promise allows, pauses left out: what its warnings are percentages of. */
  readonly span: number
  readonly pauses: readonly { readonly from: Instant; readonly to: Instant | null }[]
} & (
  | { readonly state: 'running' }
  | { readonly state: 'paused'; readonly since: Instant; readonly until: Instant | null }
  | { readonly state: 'met'; readonly endedAt: Instant }
  /** Past due and still unmet, or ended too late: a breach is the due instant itself and stays for ever (SLA-13). */
  | { readonly state: 'breached'; readonly breachedAt: Instant; readonly endedAt: Instant | null }
  | { readonly state: 'merged'; readonly endedAt: Instant }
  /** Overtaken: the case was resolved or the promise replaced before it fell due. */
  | { readonly state: 'ended'; readonly endedAt: Instant }
)

/** What a list sorts by and a wall counts down to: the case's next deadline, which holds until its marks change. */
export type NextDue = {
  readonly kind: ClockKind
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  readonly pausedUntil: Instant | null
  readonly paused: boolean
}
