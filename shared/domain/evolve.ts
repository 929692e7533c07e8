import { evolveCase } from './case/evolve.ts'
import type { Context } from './context.ts'
import type { CaseFact } from './case/fact.ts'
import type { CaseId } from './identity.ts'
import type { Fact, LoggedFact, RecordImage, RecordRef } from './record.ts'

/** Folds logged facts, in the order recorded, into a record's image: the next version of it. `image` is undefined for a record that did not exist. */
export function evolve(ref: RecordRef, image: RecordImage | undefined, logged: readonly LoggedFact[]): RecordImage {
  let state: unknown = image?.state ?? undefined
  for (const entry of logged) {
    if (entry.fact.type === 'removed') state = undefined
    else if (entry.fact.type === 'saved') state = entry.fact.state
    else state = evolveCase(ref.id as CaseId, state as never, entry as LoggedFact<CaseFact>)
  }
  return { kind: ref.kind, id: ref.id, version: (image?.version ?? 0) + 1, state: state ?? null } as RecordImage
}

/** Stamps a decision's facts with where they come from. */
export function logFacts(facts: readonly Fact[], context: Context): readonly LoggedFact[] {
  return facts.map((fact) => ({
    fact,
    occurredAt: context.occurredAt,
    recordedAt: context.now,
    actorId: context.actor.id,
    commandId: context.commandId,
    late: context.late
  }))
}
