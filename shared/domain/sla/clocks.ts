import type { Instant } from '../instant.ts'
import type { ClockReading, NextDue } from './clock.ts'
import { CLOCK_KINDS } from './clock.ts'
import type { Hours } from './hours.ts'
import { AROUND_THE_CLOCK } from './hours.ts'
import type { ClockMark } from './mark.ts'
import type { Ending, Play, Slot } from './play.ts'
import { expireWait, isBroken, play } from './play.ts'
import type { Policy } from './policy.ts'

/**
 * Every promise the case ever made, as it stands at `now`: earlier cycles and earlier UPDATE rounds first within their clock (SLA-9). A pure
 * function of its arguments, the same on console and server (SLA-5). `now` counts as no earlier than the newest mark.
 */
export function readClocks(
  marks: readonly ClockMark[],
  policy: Policy,
  now: Instant,
  hours: Hours = AROUND_THE_CLOCK
): readonly ClockReading[] {
  const readings: ClockReading[] = []
  const run = play(marks, policy, hours, (clock, endedAt, ending) => readings.push(ended(hours, clock, endedAt, ending)), true)
  const at = Math.max(now, marks.at(-1)?.at ?? 0)
  expireWait(run, at)
  for (const clock of run.slots) if (clock.on) readings.push(unended(run, clock, at))
  return readings.toSorted((a, b) => a.cycle - b.cycle || CLOCK_KINDS.indexOf(a.kind) - CLOCK_KINDS.indexOf(b.kind) || a.round - b.round)
}

/**
 * The deadline a list sorts by and a wall counts down to: the earliest due instant of the promises not yet kept, broken ones included. It does
 * not depend on now and holds until the marks change. Null when nothing runs; `dueAt` is null when only a wait without an end date is left.
 */
export function nextDue(marks: readonly ClockMark[], policy: Policy, hours: Hours = AROUND_THE_CLOCK): NextDue | null {
  // Most cases of a desk are over; lists ask this of every one of them at start.
  const last = marks.at(-1)?.m
  if (last === 'resolved' || last === 'closed' || last === 'merged') return null
  const run = play(marks, policy, hours, null, false)
  let first: Slot | null = null
  let firstDue = Infinity
  for (const clock of run.slots) {
    if (!clock.on) continue
    const due = projectedDue(run, clock)
    if (first === null || due < firstDue) {
      first = clock
      firstDue = due
    }
  }
  if (first === null) return null
  return {
    kind: first.kind,
    startedAt: first.startedAt as Instant,
    dueAt: firstDue === Infinity ? null : (firstDue as Instant),
    pausedUntil: first.heldSince === null || run.waitUntil === Infinity ? null : (run.waitUntil as Instant),
    paused: first.heldSince !== null
  }
}

/** A held clock falls due as much later as the wait lasts; Infinity while nobody said how long. */
export function projectedDue(run: Play, clock: Slot): number {
  if (clock.heldSince === null) return clock.dueAt
  return run.waitUntil === Infinity ? Infinity : run.hours.add(run.waitUntil, run.hours.elapsed(clock.heldSince, clock.dueAt))
}

function promise(hours: Hours, clock: Slot, dueAt: number) {
  return {
    kind: clock.kind,
    cycle: clock.cycle,
    round: clock.round,
    startedAt: clock.startedAt as Instant,
    dueAt: dueAt === Infinity ? null : (dueAt as Instant),
    span: hours.elapsed(clock.startedAt, clock.dueAt) - clock.heldFor,
    pauses: pausesOf(clock)
  }
}

function ended(hours: Hours, clock: Slot, endedAt: number, ending: Ending): ClockReading {
  const made = promise(hours, clock, clock.dueAt)
  if (clock.dueAt < endedAt) return { ...made, state: 'breached', breachedAt: clock.dueAt as Instant, endedAt: endedAt as Instant }
  return { ...made, state: ending, endedAt: endedAt as Instant }
}

function unended(run: Play, clock: Slot, now: number): ClockReading {
  const made = promise(run.hours, clock, projectedDue(run, clock))
  if (clock.heldSince !== null)
    return {
      ...made,
      state: 'paused',
      since: clock.heldSince as Instant,
      until: run.waitUntil === Infinity ? null : (run.waitUntil as Instant)
    }
  if (isBroken(clock, now)) return { ...made, state: 'breached', breachedAt: clock.dueAt as Instant, endedAt: null }
  return { ...made, state: 'running' }
}

/** Half-open intervals (SLA-12); one that ended where it began is none. */
function pausesOf(clock: Slot): readonly { readonly from: Instant; readonly to: Instant | null }[] {
  const pauses: { from: Instant; to: Instant | null }[] = []
  for (const step of clock.steps ?? []) {
    const open = pauses.at(-1)
    if (step.step === 'paused') pauses.push({ from: step.at as Instant, to: null })
    else if (step.step === 'resumed' && open?.to === null) {
      if (step.at > open.from) open.to = step.at as Instant
      else pauses.pop()
    }
  }
  return pauses
}
