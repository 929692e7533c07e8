import { z } from 'zod'

/** An instant in UTC as whole milliseconds since 1970. Every instant in the domain, on the wire and in the database is one of these; SLA-12 compares them as they are. */
export const Instant = z.number().int().min(0).max(8_640_000_000_000_000).brand<'Instant'>()
export type Instant = z.infer<typeof Instant>

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The instant `milliseconds` after (or, negative, before) another. */
export function after(instant: Instant, milliseconds: number): Instant {
  return (instant + milliseconds) as Instant
}

/** The earlier of two instants. */
export function earlier(a: Instant, b: Instant): Instant {
  return a <= b ? a : b
}

/** The later of two instants. */
export function later(a: Instant, b: Instant): Instant {
  return a >= b ? a : b
}
