import { z } from 'zod'
import { Instant } from '#shared/domain/instant.ts'

/** A clock probe. The console notes its monotonic clock before and after; half the round trip bounds the error. */
export const TimeReply = z.object({ serverTime: Instant })
export type TimeReply = z.infer<typeof TimeReply>
