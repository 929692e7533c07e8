import { HOUR, MINUTE } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'

/** What a clock's face needs of a promise: the next deadline of a case or one reading of the case view. */
export type Deadline = {
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  readonly paused: boolean
  readonly pausedUntil: Instant | null
}

/** How pressing a promise is. `soon`: three quarters of its time are gone; `last`: under five minutes are left. */
export type Pressure = 'calm' | 'soon' | 'last' | 'late' | 'paused'

/** Seconds are shown only where they matter. */
const SECONDS_WITHIN = 15 * MINUTE
const LAST_WITHIN = 5 * MINUTE
const SOON_FROM = 0.75

export function pressureOf(deadline: Deadline, now: Instant): Pressure {
  const held = deadline.paused && (deadline.pausedUntil === null || now < deadline.pausedUntil)
  if (held || deadline.dueAt === null) return 'paused'
  const left = deadline.dueAt - now
  if (left <= 0) return 'late'
  if (left <= LAST_WITHIN) return 'last'
  return now - deadline.startedAt >= SOON_FROM * (deadline.dueAt - deadline.startedAt) ? 'soon' : 'calm'
}

/** `00:04:10`, `48m`, `3h 58m` or `2d 04h` to go; the same with a minus once late. Whole seconds, never rounded up past the deadline. */
export function remainingText(dueAt: Instant, now: Instant): string {
  const left = dueAt - now
  const sign = left <= 0 ? '-' : ''
  const size = left > 0 ? Math.ceil(left / 1_000) * 1_000 : Math.floor(-left / 1_000) * 1_000
  if (size < (left > 0 ? SECONDS_WITHIN : HOUR))
    return `${sign}${two(size / HOUR)}:${two((size % HOUR) / MINUTE)}:${two((size % MINUTE) / 1_000)}`
  if (size < HOUR) return `${sign}${Math.floor(size / MINUTE)}m`
  if (size < 24 * HOUR) return `${sign}${Math.floor(size / HOUR)}h ${two((size % HOUR) / MINUTE)}m`
  return `${sign}${Math.floor(size / (24 * HOUR))}d ${two((size % (24 * HOUR)) / HOUR)}h`
}

/** The same for narrow places, one unit: `4m`, `3h`, `2d`, with a minus once late. */
export function remainingInShort(dueAt: Instant, now: Instant): string {
  const left = dueAt - now
  const size = Math.abs(left)
  const [value, unit] = size < HOUR ? [size / MINUTE, 'm'] : size < 24 * HOUR ? [size / HOUR, 'h'] : [size / (24 * HOUR), 'd']
  return `${left <= 0 ? '-' : ''}${Math.floor(value)}${unit}`
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, '0')
}
