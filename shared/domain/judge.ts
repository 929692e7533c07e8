import type { z } from 'zod'
import type { Command } from './command.ts'
import type { Context } from './context.ts'
import { refuse } from './decision.ts'
import type { Decision } from './decision.ts'
import { COMMANDS } from './desk.ts'
import type { CommandType } from './desk.ts'
import { Uuid } from './identity.ts'
import { may } from './permission/ability.ts'
import { maySee } from './permission/scope.ts'
import type { RecordRef, StateOf } from './record.ts'

/** Characters of a payload as JSON: several times the longest that a screen can make. */
const PAYLOAD_LIMIT = 100_000

/** The shape every registry entry has once its own types are set aside; `judge` restores the tie by parsing the payload first. */
type AnyDefinition = {
  readonly kind: keyof StateOf
  readonly ability: Parameters<typeof may>[1]
  readonly payload: {
    readonly safeParse: (value: unknown) => { success: true; data: unknown } | { success: false; error: z.ZodError }
  }
  readonly refers: (payload: unknown, state: unknown) => readonly RecordRef[]
  readonly decide: (state: unknown, payload: unknown, context: Context) => Decision
}

function definitionOf(type: string): AnyDefinition | undefined {
  return Object.hasOwn(COMMANDS, type) ? (COMMANDS[type as CommandType] as unknown as AnyDefinition) : undefined
}

/**
 * Decides a command: the same function on the console at once and in the server's transaction for good. Total: whatever
 * the envelope holds, the result is a decision. `state` is the record's present state, undefined when there is none.
 */
export function judge(command: Command, state: StateOf[keyof StateOf] | undefined, context: Context): Decision {
  const definition = definitionOf(command.type)
  if (!definition) return refuse('unknownCommand', { type: command.type })
  if (definition.kind !== command.record.kind) return refuse('malformed', { problem: `${command.type} is for a ${definition.kind}` })
  const named = command.record.kind === 'policy' || Uuid.safeParse(command.record.id).success
  if (!named) return refuse('malformed', { problem: 'the record has no identifier' })
  if (command.actorId !== context.actor.id) return refuse('actorMismatch')
  if (!context.actor.active || !may(context.actor.role, definition.ability))
    return refuse('notPermitted', { ability: definition.ability, role: context.actor.role })
  if (JSON.stringify(command.payload).length > PAYLOAD_LIMIT) return refuse('tooLarge', { limit: PAYLOAD_LIMIT })
  const payload = definition.payload.safeParse(command.payload)
  if (!payload.success) return refuse('malformed', { problem: inWords(payload.error) })
  if (definition.kind !== 'case' && (payload.data as { id: string }).id !== command.record.id)
    return refuse('malformed', { problem: 'the record and the payload name different things' })
  if (state && !maySee(context.actor, { kind: command.record.kind, state }, context.directory)) return refuse('notInRestrictedQueue')
  return definition.decide(state, payload.data, context)
}

/** The other records a command's decision reads; empty when the command cannot be read at all. */
export function references(command: Command, state: StateOf[keyof StateOf] | undefined): readonly RecordRef[] {
  const definition = definitionOf(command.type)
  const payload = definition?.payload.safeParse(command.payload)
  if (!definition || !payload?.success) return []
  const queue = state && command.record.kind === 'case' ? [{ kind: 'queue' as const, id: (state as StateOf['case']).queueId }] : []
  return [...queue, ...definition.refers(payload.data, state)]
}

/** Which field is wrong and how, as a person can read it. */
function inWords(error: z.ZodError): string {
  const problems = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message))
  return problems.join('; ').slice(0, 500)
}
