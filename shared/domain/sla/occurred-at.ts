import type { Instant } from '../instant.ts'
import { MINUTE, earlier, later } from '../instant.ts'

/** How long after the fact a record may reach the desk before it is marked as recorded late (SLA-11). */
const LATE_AFTER = MINUTE

/**
 * SLA-11: the instant that a command earns credit for. `claimed` is the console's measurement of server time, `uncertainty` its
 * known error, `receivedAt` the server's clock at receipt, `lastContactAt` the last moment at which this console is known to have
 * been connected (null: never). Nothing can have happened after its receipt, nor, when it was made without a connection, before
 * the connection was last seen alive.
 */
export function settleOccurredAt(
  claimed: Instant,
  uncertainty: number,
  receivedAt: Instant,
  lastContactAt: Instant | null
): { readonly occurredAt: Instant; readonly late: boolean } {
  const notAfterReceipt = earlier(claimed, receivedAt)
  const occurredAt =
    lastContactAt === null ? notAfterReceipt : later(notAfterReceipt, earlier((lastContactAt - uncertainty) as Instant, receivedAt))
  return { occurredAt, late: receivedAt - occurredAt > LATE_AFTER }
}
