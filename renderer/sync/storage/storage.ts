import type { DatabaseRef, Durability, StoredRow, StoreOp, StoreProblem } from '../engine/store-op.ts'

/** What the engine's host needs of a disk. Values are JSON text in and out; an implementation encrypts them or lies on something that does. */
export type Storage = {
  /** Opens the vault and takes it over from every earlier engine: their writes fail from here on. */
  readonly openVault: () => Promise<{ readonly rows: readonly StoredRow[]; readonly unreadable: number }>
  /** All of it or nothing. Writes to one database are carried out in the order asked for. Null: done, with the durability asked for. */
  readonly write: (ref: DatabaseRef, ops: readonly StoreOp[], durability: Durability) => Promise<StoreProblem | null>
  /** The small tables of a replica at once (everything but chunks and timelines, of which only the keys), null when there is no such generation; unreadable rows are counted. */
  readonly openReplica: (
    generation: number
  ) => Promise<{ readonly rows: readonly StoredRow[]; readonly unreadable: number; readonly timelines: readonly string[] } | null>
  /** The chunks in the order of their keys; a null value is one that cannot be read. */
  readonly chunks: (generation: number) => AsyncIterable<{ readonly key: string; readonly value: string | null }>
  readonly read: (generation: number, table: string, key: string) => Promise<string | null>
  /** Deletes every replica generation but these. */
  readonly keepReplicas: (generations: readonly number[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** The outbox journal outside the browser's reach. `append` resolves when the lines are on the medium. */
export type Journal = {
  readonly read: () => Promise<{ readonly lines: readonly { readonly line: number; readonly body: string }[]; readonly damaged: number }>
  readonly append: (lines: readonly { readonly line: number; readonly body: string }[]) => Promise<void>
  readonly trim: (through: number) => Promise<void>
}
