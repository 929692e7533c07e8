import type { Instant } from '../instant.ts'
import type { ClockReading } from './clock.ts'
import type { Hours } from './hours.ts'
import { AROUND_THE_CLOCK } from './hours.ts'
import type { Policy } from './policy.ts'

/** `at` is the first instant at which that share of the promise's time has gone by. */
export type Warning = { readonly percent: number; readonly at: Instant }

/**
 * The instants at which a promise's warnings fall (SLA-14), each step once, in order of time. Paused time does not count; a step that a wait
 * without an end date holds back is absent, and so is one that the promise's end forestalled.
 */
export function warningsOf(reading: ClockReading, policy: Policy, hours: Hours = AROUND_THE_CLOCK): readonly Warning[] {
  const endedAt = 'endedAt' in reading && reading.endedAt !== null ? reading.endedAt : Infinity
  return policy.warnAtPercent
    .toSorted((a, b) => a - b)
    .flatMap((percent) => {
      const at = instantOf(reading, Math.ceil((reading.span * percent) / 100), hours)
      return at === null || at >= endedAt ? [] : [{ percent, at }]
    })
}

/** The highest step that a promise has reached at `now`; 0 when none has. */
export function warningStep(reading: ClockReading, policy: Policy, now: Instant, hours: Hours = AROUND_THE_CLOCK): number {
  return warningsOf(reading, policy, hours).findLast((warning) => warning.at <= now)?.percent ?? 0
}

function instantOf(reading: ClockReading, counted: number, hours: Hours): Instant | null {
  let from: number = reading.startedAt
  let left = counted
  for (const pause of reading.pauses) {
    const before = hours.elapsed(from, pause.from)
    if (left <= before) break
    left -= before
    const to = pause.to ?? (reading.state === 'paused' ? reading.until : null)
    if (to === null) return null
    from = to
  }
  return hours.add(from, left) as Instant
}
