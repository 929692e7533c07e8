import { z } from 'zod'
import type { Context } from './context.ts'
import type { Decision } from './decision.ts'
import { CommandId, ConsoleId, PersonId } from './identity.ts'
import { Instant } from './instant.ts'
import type { Ability } from './permission/ability.ts'
import { RecordRef } from './record.ts'
import type { Fact, RecordKind, StateOf } from './record.ts'
import { storable } from './text.ts'

/**
 * What a console sends: an intention, never a result. `id` is its idempotency key; `sequence` counts 1, 2, 3 … per console
 * and never repeats, so that a queue can be resent from any point. `occurredAt` is server time as the console measured it.
 */
export const Command = z.object({
  id: CommandId,
  consoleId: ConsoleId,
  sequence: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  actorId: PersonId,
  type: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/),
  /** Version of the payload's shape; the server upgrades older ones. */
  schema: z.number().int().min(1).max(10_000),
  record: RecordRef,
  payload: z.record(z.string(), z.unknown()).overwrite((payload) => storablePayload(payload)),
  occurredAt: Instant,
  /** Half the width of the interval in which occurredAt really lies, milliseconds. */
  uncertainty: z.number().int().min(0).max(8_640_000_000),
  /** The revision of the replica on which the console decided. */
  decidedOn: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
})
export type Command = z.infer<typeof Command>

/** One command of the desk: who may give it, what it carries, what it reads and how it is decided. */
export type CommandDefinition<T extends string, K extends RecordKind, P extends z.ZodType> = {
  readonly type: T
  readonly kind: K
  readonly ability: Ability
  readonly payload: P
  /** The records beside its own that `decide` looks up. */
  readonly refers: (payload: z.infer<P>, state: StateOf[K] | undefined) => readonly RecordRef[]
  readonly decide: (state: StateOf[K] | undefined, payload: z.infer<P>, context: Context) => Decision<Fact>
}

/** Ties the payload's schema to the types of `refers` and `decide`. */
export function defineCommand<const T extends string, K extends RecordKind, P extends z.ZodType>(
  definition: CommandDefinition<T, K, P>
): CommandDefinition<T, K, P> {
  return definition
}

/** Deeper than any form of this desk; what lies below is dropped, because walking it could exhaust the stack. */
const DEEPEST = 20

/** A refused payload is kept as it was typed, so it too must be storable, whatever fields it has. */
function storablePayload(payload: Readonly<Record<string, unknown>>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [storable(key), storableValue(value, depth + 1)]))
}

function storableValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return null
  return Array.isArray(value)
    ? value.map((entry) => storableValue(entry, depth + 1))
    : storablePayload(value as Record<string, unknown>, depth)
}
