import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { businessHours } from '#shared/domain/calendar/business-hours.ts'
import { Calendar } from '#shared/domain/calendar/calendar.ts'
import { wallClockOf } from '#shared/domain/calendar/wall-clock.ts'
import { DAY, HOUR, MINUTE } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { readClocks } from '#shared/domain/sla/clocks.ts'
import type { ClockMark } from '#shared/domain/sla/mark.ts'
import { makePolicy, START } from '#test/make.ts'
import { markLists, policies } from '../sla/marks.ts'

const numRuns = Number(process.env['RINGDOWN_PROPERTY_RUNS'] ?? 200)

function calendar(timeZone: string, weekly: readonly (readonly [number, number, number])[], holidays: readonly string[] = []): Calendar {
  return Calendar.parse({
    id: 'office',
    name: 'Office hours',
    timeZone,
    weekly: weekly.map(([day, from, to]) => ({ day, fromMinute: Math.round(from * 60), toMinute: Math.round(to * 60) })),
    holidays
  })
}

const always = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, 0, 24] as const)
const office = [1, 2, 3, 4, 5].map((day) => [day, 9, 17] as const)

/** A year with a change in each: both directions, at midnight, by half an hour, a date left out, and none at all. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['Europe/Zurich', '2026-01-01'],
  ['America/Chicago', '2026-01-01'],
  ['America/Sao_Paulo', '2018-01-01'],
  ['Australia/Lord_Howe', '2026-01-01'],
  ['Africa/Cairo', '2024-01-01'],
  ['Asia/Beirut', '2026-01-01'],
  ['America/Havana', '2026-01-01'],
  ['America/Asuncion', '2023-01-01'],
  ['Africa/Casablanca', '2026-01-01'],
  ['Pacific/Apia', '2011-06-01'],
  ['Asia/Kathmandu', '2026-01-01']
]

describe('business hours', { timeout: 300_000 }, () => {
  const zurich = businessHours(calendar('Europe/Zurich', office, ['2026-04-06']))
  // Friday 27 March 2026, the last working day before clocks are put forward; Zurich is one hour ahead of UTC, from Sunday on two.
  const friday = (hour: number) => Date.UTC(2026, 2, 27, hour - 1)
  const monday = (hour: number) => Date.UTC(2026, 2, 30, hour - 2)

  it.each([
    ['within a block', friday(10), 2, friday(12)],
    ['to the end of a block, which is that instant and not the next opening', friday(10), 7, friday(17)],
    ['over the week-end on which a Sunday has 23 hours', friday(15), 4, monday(11)],
    ['from before opening', friday(6), 1, friday(10)],
    ['from after closing', friday(20), 1, monday(10)],
    ['over Easter Monday', Date.UTC(2026, 3, 3, 14), 2, Date.UTC(2026, 3, 7, 8)]
  ])('[SLA-26] add %s', (_, from, hours, to) => {
    expect(new Date(zurich.add(from, hours * HOUR)).toISOString()).toBe(new Date(to).toISOString())
    expect(zurich.elapsed(from, to)).toBe(hours * HOUR)
  })

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-06-01', 24]
  ])('[SLA-26] count %s as %i hours in Zurich', (date, hours) => {
    const wall = wallClockOf('Europe/Zurich')
    const [from, to] = [wall.first(Date.parse(date)), wall.first(Date.parse(date) + DAY)]
    expect(to - from).toBe(hours * HOUR)
    expect(businessHours(calendar('Europe/Zurich', always)).elapsed(from, to)).toBe(hours * HOUR)
  })

  it('[SLA-26] keep a night shift as long as the night: 7 hours in spring, 9 in autumn', () => {
    const nights = businessHours(calendar('Europe/Zurich', [[6, 22, 30]]))
    expect(nights.elapsed(Date.UTC(2026, 2, 28, 12), Date.UTC(2026, 2, 29, 12))).toBe(7 * HOUR)
    expect(nights.elapsed(Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 25, 12))).toBe(9 * HOUR)
    expect(nights.elapsed(Date.UTC(2026, 5, 6, 12), Date.UTC(2026, 5, 7, 12))).toBe(8 * HOUR)
  })

  it('[SLA-26] end a night shift at midnight before a holiday', () => {
    const nights = businessHours(calendar('UTC', [[4, 22, 30]], ['2026-12-25']))
    expect(nights.elapsed(Date.UTC(2026, 11, 24, 12), Date.UTC(2026, 11, 25, 12))).toBe(2 * HOUR)
  })

  it('[SLA-26] know no hour that clocks are put forward over, and both hours that come twice', () => {
    const early = businessHours(calendar('America/Chicago', [[7, 2, 3]]))
    expect(early.elapsed(Date.UTC(2026, 2, 8), Date.UTC(2026, 2, 9))).toBe(0)
    const twice = businessHours(calendar('America/Chicago', [[7, 1, 2]]))
    expect(twice.elapsed(Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 2))).toBe(2 * HOUR)
  })

  it('[SLA-26] leave out the date that Samoa left out', () => {
    const fridays = businessHours(calendar('Pacific/Apia', [[5, 0, 24]]))
    // Friday 30 December 2011 did not take place.
    expect(fridays.elapsed(Date.UTC(2011, 11, 28), Date.UTC(2012, 0, 3))).toBe(0)
  })

  it('[SLA-26] join blocks that touch or overlap', () => {
    const doubled = businessHours(
      calendar('UTC', [
        [1, 8, 12],
        [1, 12, 16],
        [1, 10, 14]
      ])
    )
    expect(doubled.elapsed(START, START + DAY)).toBe(7 * HOUR)
  })

  it('[SLA-26] give a promise its due instant in the clocks', () => {
    // Severity 3, opened Friday 16:30 in Zurich: half an hour on Friday, half an hour on Monday.
    const marks: readonly ClockMark[] = [{ at: (friday(16) + 30 * MINUTE) as Instant, m: 'opened', severity: 3, phone: false }]
    const response = readClocks(marks, makePolicy(), marks[0]?.at ?? START, zurich).find((reading) => reading.kind === 'RESPONSE')
    expect(response?.dueAt).toBe(monday(9) + 30 * MINUTE)
    expect(response?.span).toBe(HOUR)
  })

  describe.each(CHANGES)('in %s', (timeZone, from) => {
    const start = Date.parse(from)
    const wall = wallClockOf(timeZone)
    const instants = fc.integer({ min: 0, max: 420 * 24 * 60 }).map((minutes) => start + minutes * MINUTE)
    // Edges stay clear of the small hours in which clocks change; what happens there has tests of its own above.
    const edge = fc.constantFrom(0, 5, 8, 9, 12, 13.5, 17, 20, 22)
    const blocks = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 7 }), edge, fc.constantFrom(1, 2, 4, 8, 24))
        .map(([day, begin, length]) => {
          const end = begin + length
          return [day, begin, end % 24 > 0 && end % 24 < 5 ? end + 5 : end] as const
        })
        .filter(([, begin, end]) => end <= begin + 24),
      { minLength: 1, maxLength: 6 }
    )

    it('[SLA-26] round-trip: what was added has elapsed, and the due instant is the first at which it has', () => {
      fc.assert(
        fc.property(blocks, instants, fc.integer({ min: 1, max: 60 * HOUR }), (weekly, at, span) => {
          const hours = businessHours(calendar(timeZone, weekly))
          const due = hours.add(at, span)
          expect(hours.elapsed(at, due)).toBe(span)
          expect(hours.elapsed(at, due - 1)).toBe(span - 1)
        }),
        { numRuns: Math.ceil(numRuns / 4) }
      )
    })

    it('[SLA-26] add up: no time is counted twice, none is lost, none is made', () => {
      fc.assert(
        fc.property(blocks, instants, instants, instants, (weekly, ...given) => {
          const hours = businessHours(calendar(timeZone, weekly))
          const [a = 0, b = 0, c = 0] = given.toSorted((x, y) => x - y)
          expect(hours.elapsed(a, b) + hours.elapsed(b, c)).toBe(hours.elapsed(a, c))
          expect(hours.elapsed(a, c)).toBeLessThanOrEqual(c - a)
          expect(hours.add(a, hours.elapsed(a, c))).toBeLessThanOrEqual(c)
        }),
        { numRuns: Math.ceil(numRuns / 4) }
      )
    })

    it('[SLA-26] count the minutes at which the clock on the wall is within a block', () => {
      fc.assert(
        fc.property(blocks, instants, fc.integer({ min: 1, max: 3 * 24 * 12 }), (weekly, at, fives) => {
          const hours = businessHours(calendar(timeZone, weekly))
          let counted = 0
          const from = Math.floor(at / (5 * MINUTE)) * 5 * MINUTE
          for (let step = 0; step < fives; step += 1) {
            const shown = wall.at(from + step * 5 * MINUTE)
            const day = Math.floor(shown / DAY)
            const minute = (shown - day * DAY) / MINUTE
            const weekday = new Date(shown).getUTCDay() || 7
            const before = weekday === 1 ? 7 : weekday - 1
            const within = weekly.some(
              ([on, begin, end]) =>
                (on === weekday && minute >= begin * 60 && minute < end * 60) || (on === before && minute + 1440 < end * 60)
            )
            if (within) counted += 5 * MINUTE
          }
          expect(hours.elapsed(from, from + fives * 5 * MINUTE)).toBe(counted)
        }),
        { numRuns: Math.ceil(numRuns / 10) }
      )
    })

    it('[SLA-26] [SLA-5] that never close read the clocks exactly as 24x7 does', () => {
      const hours = businessHours(calendar(timeZone, always))
      fc.assert(
        fc.property(markLists(), policies, instants, (marks, policy, at) => {
          const moved = marks.map((mark) => {
            const shift = (instant: Instant) => (instant - START + at) as Instant
            return 'until' in mark
              ? { ...mark, at: shift(mark.at), until: mark.until === null ? null : shift(mark.until) }
              : { ...mark, at: shift(mark.at) }
          })
          const now = (at + 300 * MINUTE) as Instant
          expect(readClocks(moved, policy, now, hours)).toEqual(readClocks(moved, policy, now))
        }),
        { numRuns: Math.ceil(numRuns / 4) }
      )
    })
  })

  it.each<[string, Partial<Record<keyof Calendar, unknown>>]>([
    ['no blocks', { weekly: [] }],
    ['a block that ends before it begins', { weekly: [{ day: 1, fromMinute: 600, toMinute: 540 }] }],
    ['a block longer than a day', { weekly: [{ day: 1, fromMinute: 0, toMinute: 1500 }] }],
    ['an eighth day', { weekly: [{ day: 8, fromMinute: 0, toMinute: 60 }] }],
    ['a zone nobody knows', { timeZone: 'Mars/Olympus' }],
    ['a date that is none', { holidays: ['2026-02-30'] }]
  ])('[SLA-26] are not made from %s', (_, over) => {
    expect(Calendar.safeParse({ ...calendar('UTC', office), ...over }).success).toBe(false)
  })
})
