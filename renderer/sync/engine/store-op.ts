/** One row to write or, with a null value, to delete. Values are JSON text; encryption is the store's business. */
export type StoreOp = { readonly table: string; readonly key: string; readonly value: string | null }

/** A row as a store hands it back. */
export type StoredRow = { readonly table: string; readonly key: string; readonly value: string }

/** The vault, or a generation of the replica. */
export type DatabaseRef = { readonly database: 'vault' } | { readonly database: 'replica'; readonly generation: number }

/** `strict` is on the medium when it is reported; `relaxed` survives the process but maybe not the power. Either is atomic. */
export type Durability = 'strict' | 'relaxed'

/** What a store says when it could not do as told. `fenced`: another engine owns the database now. `lost`: it was deleted or closed under us. */
export type StoreProblem = 'full' | 'lost' | 'fenced' | 'failed'

/** A row that puts this as JSON. */
export function put(table: string, key: string, value: unknown): StoreOp {
  return { table, key, value: JSON.stringify(value) }
}

export function remove(table: string, key: string): StoreOp {
  return { table, key, value: null }
}
