import type { Instant } from '../instant.ts'
import type { ClockKind, ClockReading } from './clock.ts'
import { readClocks } from './clocks.ts'
import type { Hours } from './hours.ts'
import { AROUND_THE_CLOCK } from './hours.ts'
import type { ClockMark } from './mark.ts'
import type { Policy } from './policy.ts'

/** A promise that passed its due instant unmet. The breach is that instant; `endedAt` is when the promise was kept after all, too late. */
export type Breach = {
  readonly kind: ClockKind
  readonly cycle: number
  readonly round: number
  readonly breachedAt: Instant
  readonly endedAt: Instant | null
}

/** The breaches among a case's clock readings, in the order in which they happened (SLA-13: found in events, not by a poll). */
export function breachesAmong(readings: readonly ClockReading[]): readonly Breach[] {
  return readings
    .flatMap((reading) =>
      reading.state === 'breached'
        ? [{ kind: reading.kind, cycle: reading.cycle, round: reading.round, breachedAt: reading.breachedAt, endedAt: reading.endedAt }]
        : []
    )
    .toSorted((a, b) => a.breachedAt - b.breachedAt)
}

/**
 * What a change of a case's marks made of its breaches (SLA-11): late-recorded work may withdraw a breach that stood, or find one that
 * nobody could see. Both readings are taken at `now`, so the mere passing of time is neither.
 */
export function breachesChanged(
  before: readonly ClockMark[],
  after: readonly ClockMark[],
  policy: Policy,
  now: Instant,
  hours: Hours = AROUND_THE_CLOCK
): { readonly withdrawn: readonly Breach[]; readonly found: readonly Breach[] } {
  const stood = breachesAmong(readClocks(before, policy, now, hours))
  const stand = breachesAmong(readClocks(after, policy, now, hours))
  const missingFrom = (others: readonly Breach[]) => (breach: Breach) =>
    !others.some((other) => other.kind === breach.kind && other.cycle === breach.cycle && other.breachedAt === breach.breachedAt)
  return { withdrawn: stood.filter(missingFrom(stand)), found: stand.filter(missingFrom(stood)) }
}
