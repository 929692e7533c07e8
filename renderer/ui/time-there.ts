import type { Instant } from '#shared/domain/instant.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** `14:32` on the clock of a place, by IANA zone. An unknown zone (imports have them) gives a dash rather than a wrong time. */
export function timeThere(instant: Instant, zone: string): string {
  const format = formats.get(zone) ?? formatOf(zone)
  return format ? format.format(instant) : '–'
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  try {
    const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone })
    formats.set(zone, format)
    return format
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
