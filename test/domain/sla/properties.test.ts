import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isMoreSevere } from '#shared/domain/case/severity.ts'
import { MINUTE } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { breachesAmong, breachesChanged } from '#shared/domain/sla/breach.ts'
import type { ClockReading } from '#shared/domain/sla/clock.ts'
import { nextDue, readClocks } from '#shared/domain/sla/clocks.ts'
import { explainDue } from '#shared/domain/sla/explain.ts'
import { insertMark } from '#shared/domain/sla/insert-mark.ts'
import type { ClockMark } from '#shared/domain/sla/mark.ts'
import { warningsOf, warningStep } from '#shared/domain/sla/warning.ts'
import { nextUpdateAt, promisesAtOpening, whatIfSeverity } from '#shared/domain/sla/what-if.ts'
import { minute, START } from '#test/make.ts'
import { markLists, policies, severities, shippedPolicies } from './marks.ts'
import { tick } from './ticking.ts'

/** `npm run unit` runs each property this often; the conformance stage asks for more. */
const numRuns = Number(process.env['RINGDOWN_PROPERTY_RUNS'] ?? 1000)
const nows = fc.integer({ min: 0, max: 400 }).map(minute)
const unkept = (reading: ClockReading) =>
  reading.state === 'running' || reading.state === 'paused' || (reading.state === 'breached' && reading.endedAt === null)
/** An instant that nothing of the history shares. */
const afterAll = (marks: readonly ClockMark[], now: Instant) => Math.max(now, (marks.at(-1)?.at ?? 0) + 1) as Instant
const check = <T>(property: fc.IProperty<T>, runs = numRuns) => fc.assert(property, { numRuns: runs })

describe('the clocks', { timeout: 300_000 }, () => {
  it('[SLA-5] read the same as stop-watches that tick minute by minute', () => {
    check(
      fc.property(markLists(), policies, fc.integer({ min: 200, max: 400 }), (marks, policy, until) => {
        const since = (instant: Instant | null) => (instant === null ? null : (instant - START) / MINUTE)
        const read = readClocks(marks, policy, minute(until)).map((reading) => ({
          kind: reading.kind,
          cycle: reading.cycle,
          round: reading.round,
          startedAt: since(reading.startedAt),
          state: reading.state,
          endedAt: 'endedAt' in reading ? since(reading.endedAt) : null,
          breachedAt: reading.state === 'breached' ? since(reading.breachedAt) : null,
          dueAt: since(reading.dueAt)
        }))
        const order = (a: { kind: string; cycle: number; round: number }, b: typeof a) =>
          a.cycle - b.cycle || a.kind.localeCompare(b.kind) || a.round - b.round
        expect(read.toSorted(order)).toEqual(tick(marks, policy, until).toSorted(order))
      })
    )
  })

  it('[SLA-5] do not know what zone the machine is in', () => {
    const zone = process.env['TZ']
    const springForward = Date.UTC(2026, 2, 29, 0, 30)
    const read = (at: string, marks: Parameters<typeof readClocks>[0], policy: Parameters<typeof readClocks>[1]) => {
      process.env['TZ'] = at
      return [readClocks(marks, policy, (springForward + 3 * 60 * MINUTE) as Instant), nextDue(marks, policy)]
    }
    try {
      check(
        fc.property(markLists(), policies, (marks, policy) => {
          const there = marks.map((mark) => ({ ...mark, at: (mark.at - START + springForward) as Instant }))
          const utc = read('UTC', there, policy)
          for (const other of ['Europe/Zurich', 'America/Chicago', 'Asia/Kathmandu']) expect(read(other, there, policy)).toEqual(utc)
        }),
        200
      )
    } finally {
      if (zone === undefined) delete process.env['TZ']
      else process.env['TZ'] = zone
    }
  })

  it('[SLA-11] do not care in which order facts arrive', () => {
    check(
      fc.property(
        markLists({ distinct: true, fine: true }),
        fc.array(fc.nat(), { maxLength: 20 }),
        policies,
        nows,
        (marks, order, policy, now) => {
          const arriving = marks.map((mark, index) => ({ mark, key: order[index] ?? 0 })).toSorted((a, b) => a.key - b.key)
          const arrived = arriving.reduce((known, { mark }) => insertMark(known, mark), [] as typeof marks)
          expect(arrived).toEqual(marks)
          expect(readClocks(arrived, policy, now)).toEqual(readClocks(marks, policy, now))
        }
      )
    )
  })

  it('[SLA-6] never fall due later when severity is raised, and never in the past by the raise alone', () => {
    check(
      fc.property(markLists({ fine: true }), fc.oneof(policies, shippedPolicies), nows, severities, (marks, policy, now, severity) => {
        const at = afterAll(marks, now)
        const present = marks.findLast((mark) => mark.m === 'severity' || mark.m === 'opened')
        fc.pre(present?.m === 'severity' || present?.m === 'opened')
        fc.pre(isMoreSevere(severity, present.severity))
        for (const { kind, dueNow, dueThen } of whatIfSeverity(marks, policy, at, severity)) {
          if (kind === 'ACK') expect(dueThen).toBe(dueNow)
          if (dueThen === null) continue
          if (dueNow !== null) expect(dueThen).toBeLessThanOrEqual(dueNow)
          if (dueNow === null || dueThen < dueNow) expect(dueThen).toBeGreaterThanOrEqual(at + MINUTE)
        }
      })
    )
  })

  it('[SLA-6] never fall due earlier when severity is lowered', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, severities, (marks, policy, now, severity) => {
        const at = afterAll(marks, now)
        const present = marks.findLast((mark) => mark.m === 'severity' || mark.m === 'opened')
        fc.pre(present?.m === 'severity' || present?.m === 'opened')
        fc.pre(isMoreSevere(present.severity, severity))
        const broken = breachesAmong(readClocks(marks, policy, at))
        const changed = insertMark(marks, { at, m: 'severity', severity })
        for (const { kind, dueNow, dueThen } of whatIfSeverity(marks, policy, at, severity)) {
          if (kind === 'ACK') expect(dueThen).toBe(dueNow)
          if (dueNow !== null && dueThen !== null) expect(dueThen).toBeGreaterThanOrEqual(dueNow)
        }
        expect(breachesAmong(readClocks(changed, policy, at)).map((breach) => breach.breachedAt)).toEqual(
          broken.map((breach) => breach.breachedAt)
        )
      })
    )
  })

  it('[SLA-13] keep every breach whatever happens afterwards', () => {
    check(
      fc.property(markLists({ fine: true, maxLength: 24 }), fc.nat(24), policies, fc.nat(60), (marks, cut, policy, wait) => {
        const known = marks.slice(0, 1 + cut)
        const rest = marks.slice(1 + cut)
        // As late as may be before the rest happens: what is broken by then stays broken.
        const now = Math.min((known.at(-1)?.at ?? 0) + wait * MINUTE, rest[0]?.at ?? Infinity) as Instant
        const before = breachesAmong(readClocks(known, policy, now))
        const after = breachesAmong(readClocks(marks, policy, minute(400)))
        const same = (breach: (typeof before)[number]) => `${breach.kind} ${breach.cycle}.${breach.round} ${breach.breachedAt}`
        expect(after.map(same)).toEqual(expect.arrayContaining(before.map(same)))
      })
    )
  })

  it('[SLA-9] never change a result of the past, whatever is appended', () => {
    check(
      fc.property(markLists({ distinct: true, fine: true, maxLength: 24 }), fc.nat(24), policies, (marks, cut, policy) => {
        const known = marks.slice(0, 1 + cut)
        const over = readClocks(known, policy, known.at(-1)?.at ?? START).filter((reading) => !unkept(reading))
        const all = readClocks(marks, policy, minute(400))
        for (const reading of over) expect(all).toContainEqual(reading)
      })
    )
  })

  it('[SLA-13] show a breach as time goes by and take none back', () => {
    check(
      fc.property(markLists(), policies, nows, nows, (marks, policy, a, b) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        expect(breachesChanged(marks, marks, policy, second)).toEqual({ withdrawn: [], found: [] })
        const keys = (now: Instant) =>
          breachesAmong(readClocks(marks, policy, now)).map(
            (breach) => `${breach.kind} ${breach.cycle}.${breach.round} ${breach.breachedAt}`
          )
        expect(keys(second)).toEqual(expect.arrayContaining(keys(first)))
      })
    )
  })

  it('[SLA-20] agree with the next deadline, at any instant', () => {
    check(
      fc.property(markLists({ fine: true }), fc.oneof(policies, shippedPolicies), nows, (marks, policy, now) => {
        const left = readClocks(marks, policy, now).filter(unkept)
        const next = nextDue(marks, policy)
        if (next === null) {
          expect(left).toEqual([])
          return
        }
        const earliest = Math.min(...left.map((reading) => reading.dueAt ?? Infinity))
        expect(next.dueAt).toBe(earliest === Infinity ? null : earliest)
        expect(left.filter((reading) => (reading.dueAt ?? Infinity) === earliest).map((reading) => reading.kind)).toContain(next.kind)
        if (next.paused) expect(next.kind === 'UPDATE' || next.kind === 'RESOLVE').toBe(true)
      })
    )
  })

  it('[SLA-24] fall due after they start, and each UPDATE begins where the one before ended', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, (marks, policy, now) => {
        const readings = readClocks(marks, policy, now)
        for (const reading of readings) {
          expect(reading.dueAt ?? Infinity).toBeGreaterThan(reading.startedAt)
          expect(reading.span).toBeGreaterThan(0)
          if (reading.kind !== 'UPDATE' || reading.round === 1) continue
          const before = readings.find(
            (other) => other.kind === 'UPDATE' && other.cycle === reading.cycle && other.round === reading.round - 1
          )
          expect(before).toMatchObject({ endedAt: reading.startedAt })
        }
      })
    )
  })

  it('[SLA-12] pause half-open and in order, never beyond their end', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, (marks, policy, now) => {
        for (const reading of readClocks(marks, policy, now)) {
          if (reading.kind === 'ACK' || reading.kind === 'RESPONSE') expect(reading.pauses).toEqual([])
          let last: number = reading.startedAt
          for (const pause of reading.pauses) {
            expect(pause.from).toBeGreaterThanOrEqual(last)
            if (pause.to !== null) expect(pause.to).toBeGreaterThan(pause.from)
            last = pause.to ?? Infinity
          }
          expect(reading.pauses.some((pause) => pause.to === null)).toBe(reading.state === 'paused')
          const paused = reading.pauses.reduce((sum, pause) => sum + ((pause.to ?? pause.from) - pause.from), 0)
          if (reading.dueAt !== null && reading.state !== 'paused') expect(reading.dueAt - reading.startedAt).toBe(reading.span + paused)
        }
      })
    )
  })

  it('[SLA-14] warn once per step, in order, the last at the due instant', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, (marks, policy, now) => {
        for (const reading of readClocks(marks, policy, now)) {
          const warnings = warningsOf(reading, policy)
          expect(new Set(warnings.map((warning) => warning.percent)).size).toBe(warnings.length)
          let last: number = reading.startedAt
          for (const { at } of warnings) {
            expect(at).toBeGreaterThanOrEqual(last)
            last = at
          }
          if (unkept(reading) && reading.dueAt !== null) {
            expect(warnings.map((warning) => warning.percent)).toEqual([50, 75, 90, 100])
            expect(last).toBe(reading.dueAt)
          }
          expect(warningStep(reading, policy, now)).toBe(warnings.filter((warning) => warning.at <= now).at(-1)?.percent ?? 0)
        }
      })
    )
  })

  it('[SLA-22] explain every due instant so that it adds up', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, (marks, policy, now) => {
        const left = readClocks(marks, policy, Math.max(now, START) as Instant).filter(unkept)
        const explained = explainDue(marks, policy)
        expect(explained.map(({ kind, cycle, round, startedAt, dueAt }) => ({ kind, cycle, round, startedAt, dueAt }))).toEqual(
          left.map(({ kind, cycle, round, startedAt, dueAt }) => ({ kind, cycle, round, startedAt, dueAt }))
        )
        for (const { startedAt, targetMilliseconds, dueAtFirst, steps, dueAt, policyId } of explained) {
          expect(dueAtFirst).toBe(startedAt + targetMilliseconds)
          expect(policyId).toBe(policy.id)
          expect(steps.length === 0 ? dueAtFirst : steps.at(-1)?.dueAt).toBe(dueAt)
          if (steps.every((step) => step.step === 'paused' && step.to !== null))
            expect(dueAt).toBe(
              steps.reduce((sum, step) => sum + (step.step === 'paused' ? (step.to ?? 0) - step.at : 0), dueAtFirst as number)
            )
        }
      })
    )
  })

  it('[SLA-23] are shown before a severity is saved as they are afterwards', () => {
    check(
      fc.property(markLists({ fine: true }), policies, nows, severities, (marks, policy, now, severity) => {
        const saved = readClocks(insertMark(marks, { at: now, m: 'severity', severity }), policy, now).filter(unkept)
        const shown = whatIfSeverity(marks, policy, now, severity)
        for (const { kind, dueAt } of saved) expect(shown.find((entry) => entry.kind === kind)).toMatchObject({ dueThen: dueAt })
        for (const { kind, dueThen } of shown) if (dueThen !== null) expect(saved.some((reading) => reading.kind === kind)).toBe(true)
      })
    )
  })

  it('[SLA-23] promise at the opening what the opened case then owes', () => {
    check(
      fc.property(severities, fc.oneof(policies, shippedPolicies), nows, (severity, policy, at) => {
        const opened = [{ at, m: 'opened', severity, phone: true }] as const
        const due = (kind: string, marks: Parameters<typeof readClocks>[0] = opened) =>
          readClocks(marks, policy, at).find((reading) => reading.kind === kind)?.dueAt ?? null
        const promised = promisesAtOpening(policy, at).find((entry) => entry.severity === severity)
        expect(promised).toMatchObject({ ackAt: due('ACK'), responseAt: due('RESPONSE'), resolveAt: due('RESOLVE') })
        const answered = insertMark(opened, { at, m: 'responded' })
        expect(nextUpdateAt(policy, severity, at)).toBe(due('UPDATE', answered))
        expect(promised?.updateMinutes).toBe(((due('UPDATE', answered) ?? 0) - at) / MINUTE)
      })
    )
  })

  it('[SLA-10] [SLA-25] run no more once the case has ended', () => {
    check(
      fc.property(markLists({ fine: true }), fc.constantFrom('resolved', 'closed', 'merged'), policies, nows, (marks, m, policy, now) => {
        const at = Math.max(now, marks.at(-1)?.at ?? 0) as Instant
        const before = readClocks(marks, policy, at).filter(unkept)
        const after = readClocks(insertMark(marks, { at, m }), policy, at)
        expect(after.filter(unkept)).toEqual([])
        expect(nextDue(insertMark(marks, { at, m }), policy)).toBeNull()
        if (m !== 'merged') return
        for (const { kind, cycle, round, state, startedAt } of before) {
          const ended = after.find((reading) => reading.kind === kind && reading.cycle === cycle && reading.round === round)
          if (ended || startedAt < at) expect(ended?.state).toBe(state === 'breached' ? 'breached' : 'merged')
        }
      })
    )
  })
})
