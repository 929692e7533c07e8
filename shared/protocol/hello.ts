import { z } from 'zod'
import { ConsoleId } from '#shared/domain/identity.ts'
import { Instant } from '#shared/domain/instant.ts'
import { Person } from '#shared/domain/directory/person.ts'

/** Where a replica stands in the desk's log. A revision means something only within its epoch. */
export const Cursor = z.object({ epoch: z.number().int().min(1), revision: z.number().int().min(0) })
export type Cursor = z.infer<typeof Cursor>

/** A block of case numbers that belongs to one console for ever; `from` to `to`, both included, before the check digit. */
export const Lease = z.object({ from: z.number().int().min(1), to: z.number().int().min(1) })
export type Lease = z.infer<typeof Lease>

/** First message on every connection. */
export const Hello = z.object({
  protocol: z.number().int().min(1),
  commandSchema: z.number().int().min(1),
  replicaSchema: z.number().int().min(1),
  appVersion: z.string().max(40),
  consoleId: ConsoleId,
  /** Null: this console has no replica yet. */
  cursor: Cursor.nullable(),
  /** The scope key its replica was built under; another one now means a new snapshot. */
  scope: z.string().max(10_000).nullable(),
  /** Numbers it still holds, so that leases are topped up and never handed out twice. */
  numbersLeft: z.number().int().min(0).max(10_000)
})
export type Hello = z.infer<typeof Hello>

export const Welcome = z.object({
  serverTime: Instant,
  serverVersion: z.string().max(40),
  deskId: z.string().max(80),
  me: Person,
  scope: z.string().max(10_000),
  cursor: Cursor,
  /** `tail`: ask for changes after your cursor. `snapshot`: your replica cannot be continued, fetch a new one; the outbox is not concerned. */
  resume: z.enum(['tail', 'snapshot']),
  reason: z.enum(['current', 'noReplica', 'cursorTooOld', 'epochEnded', 'scopeChanged', 'schemaChanged']),
  /** The highest sequence of this console that the desk has answered. Lower than what the console saw answered: the desk went back in time, resend. */
  lastSequence: z.number().int().min(0),
  leases: z.array(Lease),
  /** Milliseconds over which a console that must reconnect spreads itself. */
  reconnectSpread: z.number().int().min(0)
})
export type Welcome = z.infer<typeof Welcome>
