import type { Cursor } from '#shared/protocol/hello.ts'
import type { Core, Replica } from './core.ts'
import type { ReplicaCursorRow } from './rows.ts'

/**
 * A snapshot is read while the desk goes on, so a base may hold records that are newer than its cursor, until the log has caught up with the
 * moment at which the last of them was read. In that time a desk that goes back behind that moment leaves records in the base that no
 * page will ever correct: the base has to be loaded anew, although its cursor still fits (SYNC-10).
 */
export type Fuzzy = {
  /** The epoch in which the records were read. */
  readonly epoch: number
  /** The base is exact from this revision on; known for sure once a head was heard after the last record. */
  readonly until: number
  readonly settled: boolean
}

/** Where the base stands, as the disk keeps it. */
export function cursorRow({ cursor, scope, included, fuzzy }: Replica): ReplicaCursorRow {
  return { cursor, scope, included: [...included], fuzzy }
}

/** Records were just taken into the base beside the log. */
export function fuzzyFrom(core: Core, cursor: Cursor): Fuzzy {
  const head = core.head && core.head.epoch >= cursor.epoch ? core.head : cursor
  return { epoch: head.epoch, until: Math.max(head.revision, cursor.revision), settled: false }
}

/** A head was heard: the base is exact from there on, and now if its cursor is there. */
export function headHeard(core: Core): void {
  const { replica, head } = core
  if (!replica?.fuzzy || !head) return
  const until = replica.fuzzy.settled ? replica.fuzzy.until : Math.max(replica.fuzzy.until, head.revision)
  core.replica = { ...replica, fuzzy: replica.cursor.revision >= until ? null : { ...replica.fuzzy, until, settled: true } }
}

/** The desk is not, or no longer for certain, the one that the base was read from. */
export function isDoubtful(replica: Replica, head: Cursor): boolean {
  return replica.fuzzy !== null && (head.epoch !== replica.fuzzy.epoch || head.revision < replica.fuzzy.until)
}
