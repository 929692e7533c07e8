import type { Severity } from '../case/severity.ts'
import { DEFAULT_SEVERITY } from '../case/severity.ts'
import type { Instant } from '../instant.ts'
import type { ClockMark } from './mark.ts'

export type WaitMark = Extract<ClockMark, { readonly m: 'waited' }>

/** The wait that nothing has ended by `at` (the end of all marks when absent). Its own end date is not looked at: a wait stands until somebody or something ends it. */
export function standingWait(marks: readonly ClockMark[], at: Instant | null = null): WaitMark | null {
  let contacted = false
  for (const mark of marks.toReversed()) {
    if (at !== null && mark.at > at) continue
    if (mark.m === 'waited') return contacted && mark.on === 'customer' ? null : mark
    if (mark.m === 'contacted') contacted = true
    else if (mark.m === 'resumed' || mark.m === 'resolved' || mark.m === 'closed' || mark.m === 'merged' || mark.m === 'reopened')
      return null
  }
  return null
}

/** The severity in force at `at` (after all marks when absent). */
export function standingSeverity(marks: readonly ClockMark[], at: Instant | null = null): Severity {
  for (const mark of marks.toReversed())
    if ((mark.m === 'severity' || mark.m === 'opened') && (at === null || mark.at <= at)) return mark.severity
  return DEFAULT_SEVERITY
}

/** The newest instant after `at` at which one of these happened; null when none did: somebody else's work that a late command overlooked. */
export function overlooked(marks: readonly ClockMark[], at: Instant, kinds: readonly ClockMark['m'][]): Instant | null {
  return marks.findLast((mark) => mark.at > at && kinds.includes(mark.m))?.at ?? null
}
