import { DAY, HOUR, MINUTE } from '../instant.ts'

/** A zone's clock on the wall. A wall time is milliseconds since 1970 as if the wall stood in Greenwich. */
export type WallClock = {
  /** What the clock on the wall shows at an instant. */
  readonly at: (instant: number) => number
  /** The first instant at which the wall shows this time or, where clocks are put forward over it, a later one. */
  readonly first: (wall: number) => number
  /** The last such instant: another one where clocks are put back over it. */
  readonly last: (wall: number) => number
}

/** The wall clock of a zone of the IANA database, as this runtime knows it. */
export function wallClockOf(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric'
  })

  function shownAt(instant: number): number {
    const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 }
    for (const { type, value } of format.formatToParts(instant))
      if (Object.hasOwn(shown, type)) shown[type as keyof typeof shown] = Number(value)
    return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) + (((instant % 1000) + 1000) % 1000)
  }

  // Reading a zone is slow, and on nearly every day its offset is the same from beginning to end.
  const atDayStart = new Map<number, number>()

  function offsetAtStart(day: number): number {
    const known = atDayStart.get(day)
    if (known !== undefined) return known
    const offset = shownAt(day * DAY) - day * DAY
    atDayStart.set(day, offset)
    return offset
  }

  /** No zone changes its clocks there and back within two days. */
  function offset(instant: number): number {
    const day = Math.floor(instant / DAY)
    const before = offsetAtStart(day)
    return before === offsetAtStart(day + 1) ? before : shownAt(instant) - instant
  }

  function at(instant: number): number {
    return instant + offset(instant)
  }

  /** Every instant near `wall` at which the wall shows exactly this time, in order. */
  function showing(wall: number): readonly number[] {
    const [before, after] = [offset(wall - DAY), offset(wall + DAY)]
    if (before === after) return [wall - before]
    return [wall - after, wall - before].filter((instant) => at(instant) === wall).toSorted((a, b) => a - b)
  }

  /** The instant at which clocks are put forward over `wall`, to the minute. */
  function jumpOver(wall: number): number {
    let before = wall - DAY - 14 * HOUR
    let after = wall + DAY + 14 * HOUR
    while (after - before > MINUTE) {
      const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE
      if (at(middle) < wall) before = middle
      else after = middle
    }
    return after
  }

  return { at, first: (wall) => showing(wall)[0] ?? jumpOver(wall), last: (wall) => showing(wall).at(-1) ?? jumpOver(wall) }
}
