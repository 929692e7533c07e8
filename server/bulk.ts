import type { CommandId, PersonId } from '#shared/domain/identity.ts'
import { evolve } from '#shared/domain/evolve.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { Clock } from './clock.ts'
import { TemporaryFault } from './desk-store.ts'
import type { DeskStore, NewEntry } from './desk-store.ts'
import { numbersUsedAtOnce } from './numbers-used-at-once.ts'

/** Already-decided history of one record. Facts that share a command id become one log entry. */
export type History = { readonly ref: RecordRef; readonly logged: readonly LoggedFact[] }

export type AppendedFacts = {
  readonly entries: number
  /** Facts left out because their command id is in the log already. */
  readonly unchanged: number
}

const ENTRIES_AT_ONCE = 500
const TRIES = 10
/** Names the source of numbers that no console asked for. */
const NUMBERS_FOR_IMPORTS = '00000000-0000-4000-8000-000000000001'

/**
 * Appends history that was decided elsewhere (imports, sample desk, generator), through the same append as commands. Running it again
 * adds nothing: facts are known by their command id. A kill between two batches leaves whole batches behind; running it again goes on.
 */
export async function appendFacts(store: DeskStore, histories: readonly History[]): Promise<AppendedFacts> {
  let entries = 0
  let unchanged = 0
  for (const batch of batches(histories)) {
    const done = await appendBatch(store, batch)
    entries += done.entries
    unchanged += done.unchanged
  }
  return { entries, unchanged }
}

/** Fresh case numbers from the desk's own number space. */
export async function takeCaseNumbers(store: DeskStore, count: number, clock: Clock): Promise<readonly string[]> {
  if (count === 0) return []
  const blocks = await store.leaseNumbers(NUMBERS_FOR_IMPORTS, count, numbersUsedAtOnce(clock.now()))
  return blocks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => caseNumberOf(from + index)))
}

async function appendBatch(store: DeskStore, batch: readonly History[]): Promise<AppendedFacts> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await appendOnce(store, batch)
    } catch (error) {
      if (!(error instanceof TemporaryFault && error.conflict) || attempt === TRIES) throw error
    }
  }
}

async function appendOnce(store: DeskStore, batch: readonly History[]): Promise<AppendedFacts> {
  const ids = batch.flatMap(({ logged }) => logged.flatMap(({ commandId }) => commandId ?? []))
  const directory = batch.some(({ ref }) => ref.kind === 'person' || ref.kind === 'queue' || ref.kind === 'policy')
  const tx = await store.begin({ consoles: [], commandIds: [], directory })
  try {
    const refs = [...new Map(batch.map(({ ref }) => [`${ref.kind} ${ref.id}`, ref])).values()]
    const images = new Map((await tx.lockRecords(refs)).map((image) => [`${image.kind} ${image.id}`, image]))
    const logged = await tx.loggedCommands([...new Set(ids)])
    const entries: NewEntry[] = []
    let unchanged = 0
    for (const history of batch)
      for (const facts of byCommand(history.logged)) {
        const first = facts[0]
        if (!first) continue
        if (first.commandId !== null && logged.has(first.commandId)) {
          unchanged += facts.length
          continue
        }
        const key = `${history.ref.kind} ${history.ref.id}`
        const image: RecordImage = evolve(history.ref, images.get(key), facts)
        images.set(key, image)
        entries.push(entryOf(image, facts, first.actorId, first.commandId))
      }
    if (entries.length === 0) await tx.rollback()
    else await tx.appendAndCommit({ entries, answers: [], consoles: [] })
    return { entries: entries.length, unchanged }
  } catch (error) {
    await tx.rollback()
    throw error
  }
}

function entryOf(image: RecordImage, facts: readonly LoggedFact[], actorId: PersonId, commandId: CommandId | null): NewEntry {
  const recordedAt = facts.at(-1)?.recordedAt ?? (0 as LoggedFact['recordedAt'])
  return { kind: image.kind, id: image.id, version: image.version, facts, image, actorId, commandId, consoleId: null, recordedAt }
}

function byCommand(logged: readonly LoggedFact[]): readonly (readonly LoggedFact[])[] {
  const groups: LoggedFact[][] = []
  for (const fact of logged) {
    const group = groups.at(-1)
    if (group && fact.commandId !== null && group[0]?.commandId === fact.commandId) group.push(fact)
    else groups.push([fact])
  }
  return groups
}

/** Long imports hold the log's lock for milliseconds at a time. One history is never split: it is whole or not there. */
function* batches(histories: readonly History[]): Generator<readonly History[]> {
  let batch: History[] = []
  let size = 0
  for (const history of histories) {
    if (batch.length > 0 && size + history.logged.length > ENTRIES_AT_ONCE) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(history)
    size += history.logged.length
  }
  if (batch.length > 0) yield batch
}
