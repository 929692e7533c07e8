/**
 * The hours in which a clock counts. Everything the clocks know of calendars is these two functions, so business hours (SLA-5) are
 * another value of this type and not another set of rules. Instants and spans are milliseconds; `add(t, elapsed(t, u))` is never later than `u`.
 */
export type Hours = {
  /** The instant at which `span` milliseconds of counted time have gone by since `from`. */
  readonly add: (from: number, span: number) => number
  /** The counted time between two instants, `to` not before `from`. */
  readonly elapsed: (from: number, to: number) => number
}

/** 24x7: never touches local time. */
export const AROUND_THE_CLOCK: Hours = { add: (from, span) => from + span, elapsed: (from, to) => to - from }
