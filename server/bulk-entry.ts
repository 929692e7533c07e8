import { evolve } from '#shared/domain/evolve.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { NewEntry } from './desk-store.ts'

/** One log entry for facts that were decided elsewhere. It belongs to no command; the facts inside carry their own. */
export function bulkEntry(
  ref: RecordRef,
  image: RecordImage | undefined,
  facts: readonly LoggedFact[],
  actorId: string,
  recordedAt: Instant
): NewEntry {
  const next = evolve(ref, image, facts)
  return { kind: ref.kind, id: ref.id, version: next.version, facts, image: next, actorId, commandId: null, consoleId: null, recordedAt }
}
