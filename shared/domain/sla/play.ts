import type { Severity } from '../case/severity.ts'
import type { ClockKind } from './clock.ts'
import type { Hours } from './hours.ts'
import type { ClockMark } from './mark.ts'
import type { Policy } from './policy.ts'
import type { Rates } from './rates.ts'
import { ratesOf } from './rates.ts'

type WaitedOn = Extract<ClockMark, { readonly m: 'waited' }>['on']

/** What began a promise. */
export type StartedBy = 'opened' | 'reopened' | 'responded' | 'updated' | 'contacted' | 'severity'

/** One thing that moved a promise's due instant, with what the due instant was after it. */
export type Step =
  | { readonly at: number; readonly step: 'raised' | 'lowered'; readonly from: Severity; readonly to: Severity; readonly dueAt: number }
  | { readonly at: number; readonly step: 'paused'; readonly on: WaitedOn }
  | { readonly at: number; readonly step: 'resumed'; readonly dueAt: number }

/**
 * One clock while it is played. While `heldSince` is set, `dueAt` is the due instant as if the hold had ended where it began: what
 * is left is `elapsed(heldSince, dueAt)`.
 */
export type Slot = {
  readonly kind: ClockKind
  on: boolean
  cycle: number
  round: number
  startedAt: number
  startedBy: StartedBy
  severity: Severity
  dueAt: number
  heldSince: number | null
  /** Counted time that went by while it was held. */
  heldFor: number
  steps: Step[] | null
}

/** How a clock that was not late ended. */
export type Ending = 'met' | 'ended' | 'merged'

/** Is told of every promise at its end, late or not; the slot is used again afterwards. */
export type OnEnd = (slot: Slot, endedAt: number, ending: Ending) => void

export type Play = {
  readonly slots: readonly [Slot, Slot, Slot, Slot]
  cycle: number
  open: boolean
  severity: Severity
  /** Whether a contact of the customer is still unanswered in this cycle. */
  unanswered: boolean
  waitOn: WaitedOn | null
  waitUntil: number
  readonly rates: Rates
  readonly hours: Hours
  readonly onEnd: OnEnd | null
  readonly traced: boolean
}

/**
 * Plays a case's marks, ordered as `insertMark` orders them, through its four clocks: the only place where the rules SLA-1 to SLA-10 are
 * carried out. `onEnd` hears of every promise that ended; what still runs is in the slots. Total: any list of marks can be played.
 */
export function play(marks: readonly ClockMark[], policy: Policy, hours: Hours, onEnd: OnEnd | null, traced: boolean): Play {
  const run: Play = {
    slots: [slot('ACK'), slot('RESPONSE'), slot('UPDATE'), slot('RESOLVE')],
    cycle: 0,
    open: false,
    severity: 3,
    unanswered: false,
    waitOn: null,
    waitUntil: Infinity,
    rates: ratesOf(policy),
    hours,
    onEnd,
    traced
  }
  for (const mark of marks) {
    expireWait(run, mark.at)
    applyMark(run, mark)
  }
  return run
}

/** Ends a wait whose end date has come (SLA-7). */
export function expireWait(run: Play, now: number): void {
  if (run.waitOn !== null && run.waitUntil <= now) endWait(run, run.waitUntil)
}

/** A pause does not move a promise that is already broken; at the due instant itself it is not broken yet (SLA-12). */
export function isBroken(clock: Slot, at: number): boolean {
  return clock.heldSince === null && clock.dueAt < at
}

function slot(kind: ClockKind): Slot {
  return {
    kind,
    on: false,
    cycle: 0,
    round: 0,
    startedAt: 0,
    startedBy: 'opened',
    severity: 3,
    dueAt: 0,
    heldSince: null,
    heldFor: 0,
    steps: null
  }
}

function applyMark(run: Play, mark: ClockMark): void {
  const [ack, response, update, resolve] = run.slots
  switch (mark.m) {
    case 'opened':
      run.severity = mark.severity
      beginCycle(run, mark.at, 'opened')
      return
    case 'acknowledged':
      if (ack.on) end(run, ack, mark.at, 'met')
      return
    case 'responded':
    case 'updated':
      if (response.on) end(run, response, mark.at, 'met')
      if (update.on) end(run, update, mark.at, 'met')
      if (run.open) start(run, update, mark.at, mark.m)
      run.unanswered = false
      return
    case 'contacted':
      if (run.waitOn === 'customer') endWait(run, mark.at)
      if (update.on && !run.unanswered) {
        end(run, update, mark.at, 'ended')
        start(run, update, mark.at, 'contacted')
      }
      run.unanswered = true
      return
    case 'severity': {
      const from = run.severity
      run.severity = mark.severity
      for (const clock of [response, update, resolve]) retarget(run, clock, mark.at, from)
      if (run.open && !resolve.on) start(run, resolve, mark.at, 'severity')
      settleHolds(run, mark.at)
      return
    }
    case 'waited':
      if (run.waitOn !== null) endWait(run, mark.at)
      if (!run.open) return
      run.waitOn = mark.on
      run.waitUntil = mark.until === null ? Infinity : Math.max(mark.until, mark.at)
      settleHolds(run, mark.at)
      return
    case 'resumed':
      endWait(run, mark.at)
      return
    case 'resolved':
    case 'closed':
    case 'merged':
      endCycle(run, mark.at, mark.m === 'merged')
      return
    case 'reopened':
      endCycle(run, mark.at, false)
      beginCycle(run, mark.at, 'reopened')
  }
}

function beginCycle(run: Play, at: number, by: 'opened' | 'reopened'): void {
  const [ack, response, , resolve] = run.slots
  run.cycle += 1
  run.open = true
  run.unanswered = false
  // Re-opening is done by a named person, who has thereby taken notice: only the first cycle owes an acknowledgement.
  if (by === 'opened') start(run, ack, at, by)
  start(run, response, at, by)
  start(run, resolve, at, by)
}

function endCycle(run: Play, at: number, merged: boolean): void {
  endWait(run, at)
  for (const clock of run.slots) if (clock.on) end(run, clock, at, merged ? 'merged' : clock.kind === 'RESOLVE' ? 'met' : 'ended')
  run.open = false
}

function start(run: Play, clock: Slot, at: number, by: StartedBy): void {
  const span = run.rates[clock.kind][run.severity] ?? Infinity
  if (span === Infinity) return
  clock.round = clock.cycle === run.cycle ? clock.round + 1 : 1
  clock.on = true
  clock.cycle = run.cycle
  clock.startedAt = at
  clock.startedBy = by
  clock.severity = run.severity
  clock.dueAt = run.hours.add(at, span)
  clock.heldSince = null
  clock.heldFor = 0
  clock.steps = run.traced ? [] : null
  settleHold(run, clock, at)
}

function end(run: Play, clock: Slot, at: number, ending: Ending): void {
  clock.on = false
  // A round that is replaced in the instant it began promised nothing to anybody.
  if (clock.kind === 'UPDATE' && clock.startedAt === at) {
    clock.round -= 1
    return
  }
  if (clock.heldSince !== null) release(run, clock, at)
  run.onEnd?.(clock, at, ending)
}

/** SLA-6: raised, never later; lowered, never earlier; broken, it stays where it broke. */
function retarget(run: Play, clock: Slot, at: number, from: Severity): void {
  const to = run.severity
  if (!clock.on || from === to || isBroken(clock, at)) return
  const span = run.rates[clock.kind][to] ?? Infinity
  if (span === Infinity) {
    end(run, clock, at, 'ended')
    return
  }
  clock.dueAt =
    to < from
      ? Math.min(clock.dueAt, run.hours.add(clock.heldSince ?? at, span))
      : Math.max(clock.dueAt, run.hours.add(clock.startedAt, span + clock.heldFor))
  clock.severity = to
  clock.steps?.push({ at, step: to < from ? 'raised' : 'lowered', from, to, dueAt: clock.dueAt })
}

function endWait(run: Play, at: number): void {
  if (run.waitOn === null) return
  run.waitOn = null
  run.waitUntil = Infinity
  settleHolds(run, at)
}

function settleHolds(run: Play, at: number): void {
  settleHold(run, run.slots[2], at)
  settleHold(run, run.slots[3], at)
}

function settleHold(run: Play, clock: Slot, at: number): void {
  if (!clock.on) return
  const held = isHeld(run, clock.kind)
  if (!held && clock.heldSince !== null) release(run, clock, at)
  else if (held && clock.heldSince === null && !isBroken(clock, at)) {
    clock.heldSince = at
    if (run.waitOn !== null) clock.steps?.push({ at, step: 'paused', on: run.waitOn })
  }
}

/** SLA-1 and SLA-2 never pause, SLA-3 and SLA-4 only for a wait that the rules name. */
function isHeld(run: Play, kind: ClockKind): boolean {
  if (kind === 'UPDATE') return run.waitOn === 'customer' && run.rates.updateRunsWhileWaiting[run.severity] !== true
  if (kind === 'RESOLVE') return run.waitOn === 'customer' || (run.waitOn === 'vendor' && run.rates.vendorWaitPauses)
  return false
}

function release(run: Play, clock: Slot, at: number): void {
  if (clock.heldSince === null) return
  clock.dueAt = run.hours.add(at, run.hours.elapsed(clock.heldSince, clock.dueAt))
  clock.heldFor += run.hours.elapsed(clock.heldSince, at)
  clock.heldSince = null
  clock.steps?.push({ at, step: 'resumed', dueAt: clock.dueAt })
}
