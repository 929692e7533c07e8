import type { Pool } from 'pg'
import type { Fact, LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import { bulkEntry } from '../bulk-entry.ts'
import type { Clock } from '../clock.ts'
import { dropAccounts } from '../db/account.ts'
import { sampleInUse, sampleRecords } from '../db/sample-records.ts'
import type { SampleInUse } from '../db/sample-records.ts'
import type { Db } from '../db/tables.ts'
import type { DeskStore } from '../desk-store.ts'
import { DESK_ITSELF } from '../first-start.ts'
import { SAMPLE_PEOPLE } from './people.ts'
import { personId } from './sample-directory.ts'

const BATCH = 400

export type SampleRemoved = {
  readonly cases: number
  readonly records: number
  /** What had to stay because real work names it. People among them can no longer sign in. */
  readonly kept: readonly SampleInUse[]
}

/**
 * Takes everything marked as sample off the desk, as removals in its log: consoles drop it at once. What is not sample is never touched;
 * a sample record that real work names stays until that is gone. Interrupted, it goes on at the next call.
 */
export async function removeSample(store: DeskStore, pool: Pool, db: Db, clock: Clock): Promise<SampleRemoved> {
  await dropAccounts(
    db,
    SAMPLE_PEOPLE.map(({ key }) => personId(key))
  )
  const kept = await sampleInUse(pool)
  const keptKeys = new Set(kept.map(keyOf))
  const leaving = (await sampleRecords(pool)).filter((ref) => !keptKeys.has(keyOf(ref)))
  for (let at = 0; at < leaving.length; at += BATCH) await change(leaving.slice(at, at + BATCH), () => ({ type: 'removed' }), store, clock)
  await change(
    kept.filter(({ kind }) => kind === 'person'),
    retired,
    store,
    clock
  )
  return {
    cases: leaving.filter(({ kind }) => kind === 'case').length,
    records: leaving.filter(({ kind }) => kind !== 'case').length,
    kept
  }
}

function retired(image: RecordImage): Fact | null {
  return image.kind === 'person' && image.state?.active ? { type: 'saved', kind: 'person', state: { ...image.state, active: false } } : null
}

async function change(
  refs: readonly RecordRef[],
  factFor: (image: RecordImage) => Fact | null,
  store: DeskStore,
  clock: Clock
): Promise<void> {
  if (refs.length === 0) return
  const now = clock.now()
  const actorId = DESK_ITSELF
  const transaction = await store.begin({ consoles: [], commandIds: [], directory: true })
  try {
    const entries = (await transaction.lockRecords(refs)).flatMap((image) => {
      const fact = image.state === null ? null : factFor(image)
      if (!fact) return []
      const logged: LoggedFact = { fact, occurredAt: now, recordedAt: now, actorId, commandId: null, late: false }
      return [bulkEntry(image, image, [logged], actorId, now)]
    })
    if (entries.length > 0) await transaction.appendAndCommit({ entries, answers: [], consoles: [] })
  } finally {
    await transaction.rollback()
  }
}

function keyOf({ kind, id }: RecordRef): string {
  return `${kind} ${id}`
}
