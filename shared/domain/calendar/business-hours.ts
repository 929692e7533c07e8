import { DAY, MINUTE } from '../instant.ts'
import type { Hours } from '../sla/hours.ts'
import type { Calendar } from './calendar.ts'
import { wallClockOf } from './wall-clock.ts'

type Interval = { readonly from: number; readonly to: number }

/**
 * The hours of a business calendar (SLA-26), expanded to instants day by day so that days of 23 and 25 hours count as long as they are. A
 * block lasts from the first time the clock on the wall shows its beginning to the last time it shows its end; what clocks are put forward over
 * does not exist, and nobody goes home for the hour that comes twice.
 */
export function businessHours(calendar: Calendar): Hours {
  const wall = wallClockOf(calendar.timeZone)
  const holidays = new Set(calendar.holidays.map((date) => Date.parse(date) / DAY))
  const expanded = new Map<number, readonly Interval[]>()

  function dayOf(instant: number): number {
    return Math.floor(wall.at(instant) / DAY)
  }

  /** The counted intervals of a local date, in order, without overlaps. */
  function intervalsOf(day: number): readonly Interval[] {
    const known = expanded.get(day)
    if (known) return known
    const intervals = holidays.has(day) ? [] : expand(day)
    expanded.set(day, intervals)
    return intervals
  }

  function expand(day: number): readonly Interval[] {
    const midnight = wall.first(day * DAY)
    const nextMidnight = wall.first((day + 1) * DAY)
    const blocks = calendar.weekly.flatMap(({ day: weekday, fromMinute, toMinute }) => {
      if (weekday === weekdayOf(day)) return [{ from: fromMinute, to: toMinute }]
      return weekday === weekdayOf(day - 1) && toMinute > 1440 ? [{ from: 0, to: toMinute - 1440 }] : []
    })
    return joined(
      blocks.map(({ from, to }) => ({
        from: from === 0 ? midnight : wall.first(day * DAY + from * MINUTE),
        to: to >= 1440 ? nextMidnight : Math.min(wall.last(day * DAY + to * MINUTE), nextMidnight)
      }))
    )
  }

  function elapsed(from: number, to: number): number {
    if (to <= from) return 0
    let counted = 0
    const lastDay = dayOf(to) + 1
    for (let day = dayOf(from) - 1; day <= lastDay; day += 1)
      for (const interval of intervalsOf(day)) counted += Math.max(0, Math.min(interval.to, to) - Math.max(interval.from, from))
    return counted
  }

  function add(from: number, span: number): number {
    if (span <= 0 || span === Infinity) return span === Infinity ? Infinity : from
    let left = span
    // Every block comes each week, so the only days without one are holidays.
    const lastDay = dayOf(from) + 8 + holidays.size + Math.ceil(span / MINUTE) * 7
    for (let day = dayOf(from) - 1; day <= lastDay; day += 1)
      for (const interval of intervalsOf(day)) {
        const begin = Math.max(interval.from, from)
        if (interval.to <= begin) continue
        if (left <= interval.to - begin) return begin + left
        left -= interval.to - begin
      }
    throw new Error(`calendar ${calendar.id} counts no time after ${from}`)
  }

  return { add, elapsed }
}

/** 1970-01-01, day 0, was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}

function joined(intervals: readonly Interval[]): readonly Interval[] {
  const inOrder = intervals.filter(({ from, to }) => to > from).toSorted((a, b) => a.from - b.from)
  const result: { from: number; to: number }[] = []
  for (const { from, to } of inOrder) {
    const previous = result.at(-1)
    if (previous && from <= previous.to) previous.to = Math.max(previous.to, to)
    else result.push({ from, to })
  }
  return result
}
