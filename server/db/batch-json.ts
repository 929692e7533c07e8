import type { RecordImage } from '#shared/domain/record.ts'
import type { Batch } from '../desk-store.ts'

/** A batch as `append_batch` reads it: log entries, the answers, and each touched record once, as its last entry leaves it. */
export function batchJson({ entries, answers, consoles }: Batch): string {
  const last = new Map<string, RecordImage>()
  for (const { image } of entries) last.set(`${image.kind} ${image.id}`, image)
  const images = [...last.values()]
  const cases = images.filter(({ kind }) => kind === 'case')
  return JSON.stringify({
    entries: entries.map((entry) => ({ ...entry, image: { state: entry.image.state } })),
    cases: unlessEmpty(cases.filter(({ state }) => state !== null).map(rowOf)),
    removedCases: unlessEmpty(cases.filter(({ state }) => state === null).map(rowOf)),
    directory: unlessEmpty(images.filter(({ kind }) => kind !== 'case')),
    answers: answers.map(({ key, commandId, sequence, offset, body, refusedCommand }) => ({
      id: commandId,
      ...key,
      sequence,
      offset,
      body,
      refusedCommand
    })),
    consoles
  })
}

/** What is left out costs the database nothing. */
export function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function rowOf({ id, version, state }: RecordImage): object {
  return { id, version, state }
}
