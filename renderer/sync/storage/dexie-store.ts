import Dexie from 'dexie'
import type { Table } from 'dexie'
import { REPLICA_SCHEMA } from '#shared/protocol/version.ts'
import type { DatabaseRef, Durability, StoredRow, StoreOp, StoreProblem } from '../engine/store-op.ts'
import type { Cipher } from './cipher.ts'
import type { Storage } from './storage.ts'

const VAULT = 'ringdown-vault'
const REPLICA = `ringdown-replica-${REPLICA_SCHEMA}-`
const FENCE = 'fence'
/** Chunks on their way from the disk at a time. */
const READ_AHEAD = 4

type Row = Uint8Array<ArrayBuffer> | number
type Handle = { readonly db: Dexie; readonly rows: Table<Row, string> }

class Fenced extends Error {}

/**
 * The browser's disk: one database for what must not be lost (strict), one per replica generation (relaxed), each a single table of
 * sealed rows keyed `table/key`. Every write checks in its own transaction that no newer engine has taken the vault over.
 */
export function dexieStorage(cipher: Cipher): Storage {
  const handles = new Map<string, Handle>()
  const broken = new Set<string>()
  const turns = new Map<string, Promise<unknown>>()
  let fence = 0

  const open = (name: string, durability: Durability): Handle => {
    const slot = `${name}|${durability}`
    const known = handles.get(slot)
    if (known) return known
    const db = new Dexie(name, { chromeTransactionDurability: durability, cache: 'disabled' })
    db.version(1).stores({ rows: '' })
    const handle: Handle = { db, rows: db.table('rows') }
    handles.set(slot, handle)
    return handle
  }
  const nameOf = (ref: DatabaseRef) => (ref.database === 'vault' ? VAULT : `${REPLICA}${ref.generation}`)

  /** Sealing takes as long as it takes; the transactions of a database come in the order asked for. */
  const write = (ref: DatabaseRef, ops: readonly StoreOp[], durability: Durability): Promise<StoreProblem | null> => {
    const name = nameOf(ref)
    const before = turns.get(name) ?? Promise.resolve()
    const written = perform(ref, ops, durability, before)
    turns.set(name, Promise.allSettled([before, written]))
    return written
  }

  const perform = async (
    ref: DatabaseRef,
    ops: readonly StoreOp[],
    durability: Durability,
    before: Promise<unknown>
  ): Promise<StoreProblem | null> => {
    const name = nameOf(ref)
    try {
      const puts: string[] = []
      const removes: string[] = []
      const sealed = await Promise.all(ops.flatMap((op) => (op.value === null ? [] : [cipher.seal(op.value, place(name, op))])))
      for (const op of ops) (op.value === null ? removes : puts).push(`${op.table}/${op.key}`)
      await before
      if (broken.has(name)) return 'lost'
      const { db, rows } = open(name, durability)
      await db.transaction('rw', rows, async () => {
        const holder = await rows.get(FENCE)
        if (typeof holder === 'number' && holder > fence) throw new Fenced()
        if (holder !== fence) await rows.put(fence, FENCE)
        if (removes.length > 0) await rows.bulkDelete(removes)
        if (puts.length > 0) await rows.bulkPut(sealed, puts)
      })
      return null
    } catch (error) {
      const problem = problemOf(error)
      // Opened anew at the next try: an empty one if the browser threw it away.
      if (problem === 'lost') forget(name)
      // A gap between two pages must not be: after one that failed, this generation takes no more.
      if (ref.database === 'replica') broken.add(name)
      return problem
    }
  }

  const forget = (name: string) => {
    for (const durability of ['relaxed', 'strict'] as const) {
      handles.get(`${name}|${durability}`)?.db.close()
      handles.delete(`${name}|${durability}`)
    }
  }

  const readRows = async (
    handle: Handle,
    name: string,
    keys: readonly string[]
  ): Promise<{ readonly rows: readonly StoredRow[]; readonly unreadable: number }> => {
    let unreadable = 0
    const values = await handle.rows.bulkGet([...keys])
    const rows = await Promise.all(
      keys.map(async (key, index): Promise<readonly StoredRow[]> => {
        const value = values[index]
        if (!(value instanceof Uint8Array)) return []
        const slash = key.indexOf('/')
        const row = { table: key.slice(0, slash), key: key.slice(slash + 1) }
        try {
          return [{ ...row, value: await cipher.open(value, place(name, row)) }]
        } catch {
          unreadable += 1
          return []
        }
      })
    )
    return { rows: rows.flat(), unreadable }
  }

  return {
    openVault: async () => {
      const handle = open(VAULT, 'strict')
      await handle.db.transaction('rw', handle.rows, async () => {
        const holder = await handle.rows.get(FENCE)
        fence = (typeof holder === 'number' ? holder : 0) + 1
        await handle.rows.put(fence, FENCE)
      })
      if (!(await handle.rows.get(CHECK)))
        await handle.rows.put(await cipher.seal('ringdown', place(VAULT, { table: 'check', key: 'key' })), CHECK)
      const keys = (await handle.rows.toCollection().primaryKeys()).filter((key) => key !== FENCE && key !== CHECK)
      return readRows(handle, VAULT, keys)
    },
    write,
    openReplica: async (generation) => {
      const name = `${REPLICA}${generation}`
      if (!(await Dexie.exists(name))) return null
      const handle = open(name, 'relaxed')
      const keys = await handle.rows.toCollection().primaryKeys()
      const small = keys.filter((key) => key !== FENCE && !key.startsWith('chunk/') && !key.startsWith('timeline/'))
      const timelines = keys.filter((key) => key.startsWith('timeline/')).map((key) => key.slice('timeline/'.length))
      return { ...(await readRows(handle, name, small)), timelines }
    },
    chunks: async function* (generation) {
      const name = `${REPLICA}${generation}`
      const { rows } = open(name, 'relaxed')
      const keys = await rows.where(':id').startsWith('chunk/').primaryKeys()
      // The next ones are fetched and opened while the one before is parsed.
      const ahead: Promise<string | null>[] = []
      for (let index = 0; index < keys.length; index += 1) {
        while (ahead.length < READ_AHEAD && index + ahead.length < keys.length)
          ahead.push(fetchChunk(rows, name, keys[index + ahead.length]))
        yield { key: (keys[index] ?? '').slice('chunk/'.length), value: (await ahead.shift()) ?? null }
      }
    },
    read: async (generation, table, key) => {
      const name = `${REPLICA}${generation}`
      const value = await open(name, 'relaxed').rows.get(`${table}/${key}`)
      return value instanceof Uint8Array ? cipher.open(value, place(name, { table, key })) : null
    },
    keepReplicas: async (generations) => {
      const kept = new Set(generations.map((generation) => `${REPLICA}${generation}`))
      for (const name of await Dexie.getDatabaseNames()) {
        if (!name.startsWith('ringdown-replica-') || kept.has(name)) continue
        forget(name)
        await Dexie.delete(name)
      }
    },
    close: () => {
      for (const { db } of handles.values()) db.close()
      handles.clear()
      return Promise.resolve()
    }
  }

  async function fetchChunk(rows: Table<Row, string>, name: string, id: string | undefined): Promise<string | null> {
    if (id === undefined) return null
    const value = await rows.get(id)
    if (!(value instanceof Uint8Array)) return null
    return cipher.open(value, place(name, { table: 'chunk', key: id.slice('chunk/'.length) })).catch(() => null)
  }
}

const CHECK = 'check/key'

/** Whether a key opens this computer's vault. `empty`: nothing was ever sealed, so any key will do; with null only that is asked. */
export async function keyFits(cipher: Cipher | null): Promise<'yes' | 'no' | 'empty'> {
  const db = new Dexie(VAULT, { cache: 'disabled' })
  db.version(1).stores({ rows: '' })
  try {
    const rows: Table<Row, string> = db.table('rows')
    const sealed = await rows.get(CHECK)
    if (!(sealed instanceof Uint8Array)) return 'empty'
    return cipher &&
      (await cipher.open(sealed, place(VAULT, { table: 'check', key: 'key' })).then(
        () => true,
        () => false
      ))
      ? 'yes'
      : 'no'
  } finally {
    db.close()
  }
}

function place(name: string, row: { readonly table: string; readonly key: string }): string {
  return `${name}/${row.table}/${row.key}`
}

function problemOf(error: unknown): StoreProblem {
  if (error instanceof Fenced) return 'fenced'
  const names = namesOf(error)
  if (names.includes('QuotaExceededError')) return 'full'
  if (
    names.some(
      (name) => name === 'DatabaseClosedError' || name === 'NotFoundError' || name === 'InvalidStateError' || name === 'OpenFailedError'
    )
  )
    return 'lost'
  return 'failed'
}

/** Dexie wraps what IndexedDB said. */
function namesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return []
  const inner = 'inner' in error && error.inner !== error ? namesOf(error.inner) : []
  const causes = error.message.includes('QuotaExceededError') ? ['QuotaExceededError'] : []
  return [error.name, ...inner, ...causes]
}
