import type { Severity } from '../case/severity.ts'
import { SEVERITIES } from '../case/severity.ts'
import type { Instant } from '../instant.ts'
import { after } from '../instant.ts'
import type { ClockKind, ClockReading } from './clock.ts'
import { readClocks } from './clocks.ts'
import type { Hours } from './hours.ts'
import { AROUND_THE_CLOCK } from './hours.ts'
import { insertMark } from './insert-mark.ts'
import type { ClockMark } from './mark.ts'
import type { Policy } from './policy.ts'
import { ratesOf } from './rates.ts'

/** What one promise not yet kept would become. `null` for a promise that is not made at that severity, or whose due instant nobody can tell. */
export type WhatIf = { readonly kind: ClockKind; readonly dueNow: Instant | null; readonly dueThen: Instant | null }

/** The due instants that a severity saved at `now` would give an open case, clock by clock, before it is saved. Empty when nothing runs. */
export function whatIfSeverity(
  marks: readonly ClockMark[],
  policy: Policy,
  now: Instant,
  severity: Severity,
  hours: Hours = AROUND_THE_CLOCK
): readonly WhatIf[] {
  const present = unkept(readClocks(marks, policy, now, hours))
  const changed = unkept(readClocks(insertMark(marks, { at: now, m: 'severity', severity }), policy, now, hours))
  const kinds = [...new Set([...present.keys(), ...changed.keys()])]
  return kinds.map((kind) => ({ kind, dueNow: present.get(kind)?.dueAt ?? null, dueThen: changed.get(kind)?.dueAt ?? null }))
}

/** What a case opened at `at` with each severity would promise: for the chips of the intake, before there is a case. */
export function promisesAtOpening(
  policy: Policy,
  at: Instant,
  hours: Hours = AROUND_THE_CLOCK
): readonly {
  readonly severity: Severity
  readonly ackAt: Instant
  readonly responseAt: Instant
  readonly resolveAt: Instant | null
  readonly updateMinutes: number
}[] {
  const rates = ratesOf(policy)
  return SEVERITIES.map((severity) => {
    const due = (spans: readonly number[]) => hours.add(at, spans[severity] ?? Infinity) as Instant
    const resolveAt = due(rates.RESOLVE)
    return {
      severity,
      ackAt: due(rates.ACK),
      responseAt: due(rates.RESPONSE),
      resolveAt: resolveAt === Infinity ? null : resolveAt,
      updateMinutes: (rates.UPDATE[severity] ?? 0) / 60_000
    }
  })
}

/** The next update that a read-back at `at` promises the caller: the UPDATE clock that starts when RESPONSE ends. */
export function nextUpdateAt(policy: Policy, severity: Severity, at: Instant): Instant {
  return after(at, ratesOf(policy).UPDATE[severity] ?? 0)
}

function unkept(readings: readonly ClockReading[]): ReadonlyMap<ClockKind, ClockReading> {
  return new Map(
    readings
      .filter(
        (reading) => reading.state === 'running' || reading.state === 'paused' || (reading.state === 'breached' && reading.endedAt === null)
      )
      .map((reading) => [reading.kind, reading])
  )
}
