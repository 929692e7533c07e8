import { DAY, HOUR, MINUTE } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { t } from '#renderer/strings/t.ts'

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const timeWithSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const dayWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** `14:32`, local time of this computer. */
export function timeOf(instant: Instant): string {
  return time.format(instant)
}

/** `14:32:07` */
export function secondsOf(instant: Instant): string {
  return timeWithSeconds.format(instant)
}

/** `Mon 14 Nov`, with the year instead of the weekday once it is another year. */
export function dayOf(instant: Instant, now: Instant): string {
  return new Date(instant).getFullYear() === new Date(now).getFullYear() ? day.format(instant) : dayWithYear.format(instant)
}

/** `14:32` today, `Mon 14 Nov 14:32` on other days. */
export function whenOf(instant: Instant, now: Instant): string {
  return isSameDay(instant, now) ? timeOf(instant) : `${dayOf(instant, now)} ${timeOf(instant)}`
}

export function isSameDay(a: Instant, b: Instant): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

/** `4 min`, `3 h 20 min`, `2 d 4 h`; under a minute in seconds. */
export function durationOf(milliseconds: number): string {
  const size = Math.max(0, milliseconds)
  if (size < MINUTE) return t('duration.seconds', { seconds: Math.floor(size / 1_000) })
  if (size < HOUR) return t('duration.minutes', { minutes: Math.floor(size / MINUTE) })
  if (size < DAY)
    return joined(
      t('duration.hours', { hours: Math.floor(size / HOUR) }),
      Math.floor((size % HOUR) / MINUTE),
      'duration.minutes',
      'minutes'
    )
  return joined(t('duration.days', { days: Math.floor(size / DAY) }), Math.floor((size % DAY) / HOUR), 'duration.hours', 'hours')
}

function joined(whole: string, rest: number, key: 'duration.minutes' | 'duration.hours', name: string): string {
  return rest === 0 ? whole : `${whole} ${t(key, { [name]: rest })}`
}
