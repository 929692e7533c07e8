import type { Command } from '#shared/domain/command.ts'
import type { Context, Directory, NumberStanding } from '#shared/domain/context.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import { judge, references } from '#shared/domain/judge.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { Refusal } from '#shared/domain/refusal.ts'

/** What a command does to the visible desk where it stands in the queue. */
export type Replayed =
  | {
      readonly outcome: 'applied'
      readonly image: RecordImage
      readonly facts: readonly LoggedFact[]
      readonly refers: readonly RecordRef[]
    }
  | { readonly outcome: 'noEffect'; readonly refusal: Refusal | null; readonly refers: readonly RecordRef[] }
  /** A bug in a rule: the command keeps its place and its content, the desk is shown without it. */
  | { readonly outcome: 'fault'; readonly error: unknown; readonly refers: readonly RecordRef[] }

/**
 * Replays one pending command on what is visible before it (SYNC-2). It is judged as of the instant at which it was given, so
 * that the same base and the same queue always show the same desk, whenever they are replayed.
 */
export function replay(command: Command, image: RecordImage | undefined, actor: Person, directory: Directory): Replayed {
  const state = image?.state ?? undefined
  let refers: readonly RecordRef[] = []
  try {
    refers = references(command, state)
    const context = contextOf(command, actor, directory)
    const decision = judge(command, state, context)
    if (!decision.accepted) return { outcome: 'noEffect', refusal: decision.refusal, refers }
    if (decision.facts.length === 0) return { outcome: 'noEffect', refusal: null, refers }
    const facts = logFacts(decision.facts, context)
    return { outcome: 'applied', image: evolve(command.record, image, facts), facts, refers }
  } catch (error) {
    return { outcome: 'fault', error, refers }
  }
}

function contextOf(command: Command, actor: Person, directory: Directory): Context {
  return {
    now: command.occurredAt,
    occurredAt: command.occurredAt,
    late: false,
    commandId: command.id,
    actor,
    directory,
    number: numberStanding(command)
  }
}

/** A number in a command of this console came from its own lease or was made up here as a provisional one; `leases.ts` hands out no other. */
function numberStanding(command: Command): NumberStanding | null {
  const number = command.payload['number']
  if (typeof number !== 'string') return null
  return number.startsWith('T-') ? { standing: 'provisional', replacement: null } : { standing: 'leased' }
}
