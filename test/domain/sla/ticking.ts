import type { Severity } from '#shared/domain/case/severity.ts'
import { MINUTE } from '#shared/domain/instant.ts'
import type { ClockKind } from '#shared/domain/sla/clock.ts'
import type { ClockMark } from '#shared/domain/sla/mark.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import { START } from '#test/make.ts'

/** One promise as the ticking clocks saw it, in minutes since START. */
export type Ticked = {
  readonly kind: ClockKind
  readonly cycle: number
  readonly round: number
  readonly startedAt: number
  readonly state: string
  readonly endedAt: number | null
  readonly breachedAt: number | null
  readonly dueAt: number | null
}

type Clock = { kind: ClockKind; cycle: number; round: number; startedAt: number; left: number; gone: number; brokenAt: number | null }

const minuteOf = (instant: number) => (instant - START) / MINUTE

/**
 * The rules of the clocks told a second time, independently: stop-watches that a wall clock ticks minute by minute, with what is left of each
 * promise instead of due instants. Slow and obvious; good for marks at whole minutes only.
 */
export function tick(marks: readonly ClockMark[], policy: Policy, until: number): readonly Ticked[] {
  const done: Ticked[] = []
  const running = new Map<ClockKind, Clock>()
  const target = (severity: Severity) => {
    const found = policy.targets.find((candidate) => candidate.severity === severity)
    if (!found) throw new Error(`no target for ${severity}`)
    return { ACK: found.ackMinutes, RESPONSE: found.responseMinutes, UPDATE: found.updateMinutes, RESOLVE: found.resolveMinutes }
  }
  let severity: Severity = 3
  let cycle = 0
  let open = false
  let answered = true
  let waitingOn: string | null = null
  let waitEnds: number | null = null
  const rounds = new Map<string, number>()

  const held = (kind: ClockKind) =>
    kind === 'UPDATE'
      ? waitingOn === 'customer' && !policy.updateRunsWhileWaiting.includes(severity)
      : kind === 'RESOLVE' && (waitingOn === 'customer' || (waitingOn === 'vendor' && policy.vendorWaitPauses))

  const begin = (kind: ClockKind, at: number) => {
    const minutes = target(severity)[kind]
    if (minutes === null) return
    const key = `${kind} ${cycle}`
    const round = (rounds.get(key) ?? 0) + 1
    rounds.set(key, round)
    running.set(kind, { kind, cycle, round, startedAt: at, left: minutes, gone: 0, brokenAt: null })
  }

  const finish = (kind: ClockKind, at: number, how: string) => {
    const clock = running.get(kind)
    if (!clock) return
    running.delete(kind)
    if (kind === 'UPDATE' && clock.startedAt === at) {
      rounds.set(`${kind} ${clock.cycle}`, clock.round - 1)
      return
    }
    const { cycle: of, round, startedAt, brokenAt, left } = clock
    done.push({
      kind,
      cycle: of,
      round,
      startedAt,
      state: brokenAt === null ? how : 'breached',
      endedAt: at,
      breachedAt: brokenAt,
      dueAt: brokenAt ?? at + left
    })
  }

  const stop = (at: number, merged: boolean) => {
    waitingOn = null
    for (const kind of running.keys()) finish(kind, at, merged ? 'merged' : kind === 'RESOLVE' ? 'met' : 'ended')
    open = false
  }

  const go = (at: number, by: 'opened' | 'reopened') => {
    cycle += 1
    open = true
    answered = true
    if (by === 'opened') begin('ACK', at)
    begin('RESPONSE', at)
    begin('RESOLVE', at)
  }

  const see = (mark: ClockMark, at: number) => {
    switch (mark.m) {
      case 'opened':
        severity = mark.severity
        return go(at, 'opened')
      case 'acknowledged':
        return finish('ACK', at, 'met')
      case 'responded':
      case 'updated':
        finish('RESPONSE', at, 'met')
        finish('UPDATE', at, 'met')
        if (open) begin('UPDATE', at)
        answered = true
        return
      case 'contacted':
        if (waitingOn === 'customer') waitingOn = null
        if (answered && running.has('UPDATE')) {
          finish('UPDATE', at, 'ended')
          begin('UPDATE', at)
        }
        answered = false
        return
      case 'severity': {
        const before = severity
        severity = mark.severity
        for (const kind of ['RESPONSE', 'UPDATE', 'RESOLVE'] as const) {
          const clock = running.get(kind)
          const minutes = target(severity)[kind]
          if (!clock) {
            if (kind === 'RESOLVE' && open) begin(kind, at)
          } else if (clock.brokenAt === null && severity !== before) {
            if (minutes === null) finish(kind, at, 'ended')
            else clock.left = severity < before ? Math.min(clock.left, minutes) : Math.max(clock.left, minutes - clock.gone)
          }
        }
        return
      }
      case 'waited':
        waitingOn = open ? mark.on : null
        waitEnds = mark.until === null ? null : Math.max(minuteOf(mark.until), at)
        return
      case 'resumed':
        waitingOn = null
        return
      case 'resolved':
      case 'closed':
      case 'merged':
        return stop(at, mark.m === 'merged')
      case 'reopened':
        stop(at, false)
        return go(at, 'reopened')
    }
  }

  for (let now = 0; ; now += 1) {
    const expire = () => {
      if (waitingOn !== null && waitEnds !== null && waitEnds <= now) waitingOn = null
    }
    expire()
    for (const mark of marks) {
      if (minuteOf(mark.at) !== now) continue
      see(mark, now)
      expire()
    }
    if (now === until) break
    for (const clock of running.values()) {
      if (held(clock.kind) || clock.brokenAt !== null) continue
      if (clock.left === 0) clock.brokenAt = now
      else {
        clock.left -= 1
        clock.gone += 1
      }
    }
  }

  const unended = [...running.values()].map(({ kind, cycle: of, round, startedAt, left, brokenAt }) => {
    const paused = held(kind) && brokenAt === null
    return {
      kind,
      cycle: of,
      round,
      startedAt,
      state: brokenAt !== null ? 'breached' : paused ? 'paused' : 'running',
      endedAt: null,
      breachedAt: brokenAt,
      dueAt: brokenAt ?? (paused ? (waitEnds === null ? null : waitEnds + left) : until + left)
    }
  })
  return [...done, ...unended]
}
