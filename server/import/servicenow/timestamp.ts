import { Instant } from '#shared/domain/instant.ts'

const DAY_FIRST = /^(?<day>\d{2})-(?<month>\d{2})-(?<year>\d{4}) (?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?$/
const YEAR_FIRST = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2}) (?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2}))?$/

/**
 * Reads an export's date as UTC: `DD-MM-YYYY HH:MM`, or ServiceNow's own `YYYY-MM-DD HH:MM:SS`. Null when the text is in neither
 * form or names a day or hour that does not exist.
 */
export function readTimestamp(text: string): Instant | null {
  const parts = (DAY_FIRST.exec(text) ?? YEAR_FIRST.exec(text))?.groups
  if (!parts) return null
  const [year, month, day, hour, minute, second] = [parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second ?? '0'].map(
    Number
  )
  if (year === undefined || month === undefined) return null
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // Date.UTC rolls 31-02 over to March: a date that does not come back as it went in does not exist.
  const same =
    at.getUTCFullYear() === year &&
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === day &&
    at.getUTCHours() === hour &&
    at.getUTCMinutes() === minute &&
    at.getUTCSeconds() === second
  const instant = Instant.safeParse(at.getTime())
  return same && instant.success ? instant.data : null
}
