import type { Instant } from '#shared/domain/instant.ts'

/** What a date-time control shows for an instant: local time of this computer, to the minute. */
export function toLocalDateTime(instant: Instant): string {
  const date = new Date(instant)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The instant of a date-time control's value; null while it is incomplete. */
export function fromLocalDateTime(value: string): Instant | null {
  const at = new Date(value).getTime()
  return Number.isNaN(at) ? null : (at as Instant)
}

/** The next morning at nine, local time. */
export function tomorrowAtNine(now: Instant): Instant {
  const date = new Date(now)
  date.setDate(date.getDate() + 1)
  date.setHours(9, 0, 0, 0)
  return date.getTime() as Instant
}
