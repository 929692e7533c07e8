import type { Person } from '#shared/domain/directory/person.ts'
import type { Reply } from '#shared/protocol/problem.ts'
import type { Clock } from '../clock.ts'
import { keepAudit } from '../db/audit.ts'
import type { Db } from '../db/tables.ts'
import { TemporaryFault } from '../desk-store.ts'
import type { DeskStore } from '../desk-store.ts'
import { problem, served } from '../problem.ts'
import type { ImportAnswer, ImportBatch } from './batch.ts'
import { importBatch } from './import-batch.ts'

/** Takes batches from signed-in people. */
export type ImportDesk = (batch: ImportBatch, importer: Person) => Promise<Reply<ImportAnswer>>

const MOST_WAITING = 4

/**
 * Batches take turns, so that imports never hold more than one transaction of this node and people's work goes on beside them. Each one
 * is on the audit trail.
 */
export function importDesk({ store, db, clock }: { readonly store: DeskStore; readonly db: Db; readonly clock: Clock }): ImportDesk {
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const take: ImportDesk = async (batch, importer) => {
    try {
      const answer = await importBatch(batch, importer.id, store, clock)
      const { changed, unchanged, events, rejected } = answer
      const counts = { cases: changed.length, unchanged: unchanged.length, events, rejected: rejected.length }
      const detail = { system: batch.system, lines: batch.lines.length, ...counts }
      await keepAudit(db, { at: clock.now(), actorId: importer.id, action: 'imported', detail })
      return served(answer)
    } catch (error) {
      if (!(error instanceof TemporaryFault)) throw error
      return problem('unavailable', 'The database could not take these lines now. Nothing of them is half done; send them again.', 1_000)
    }
  }

  return async (batch, importer) => {
    if (waiting >= MOST_WAITING) return problem('busy', 'Other imports are under way. Send these lines again.', 1_000)
    waiting += 1
    const mine = turn.then(() => take(batch, importer))
    turn = mine.catch(() => undefined)
    try {
      return await mine
    } finally {
      waiting -= 1
    }
  }
}
