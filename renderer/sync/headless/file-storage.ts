import { z } from 'zod'
import type { DatabaseRef, StoreOp, StoreProblem } from '../engine/store-op.ts'
import type { Storage } from '../storage/storage.ts'
import type { Fs } from './files.ts'
import { append, decodeLines, encodeLine, readIfThere, replace } from './files.ts'

const Batch = z.array(z.object({ table: z.string(), key: z.string(), value: z.string().nullable() }))

/** A log this many times longer than what it says is written anew when it is opened. */
const REWRITE_FROM = 3

type Open = { readonly path: string; readonly rows: Map<string, string>; writing: Promise<unknown>; broken: boolean }

/**
 * A console's databases as files: each an append-only log of batches, one line a batch, so that a batch is there whole or not at all
 * wherever the process is killed. Strict batches are synced before they are reported.
 */
export function fileStorage(fs: Fs, folder: string): Storage {
  const databases = new Map<string, Promise<Open>>()
  let fence = 0

  const open = (name: string): Promise<Open> => {
    const known = databases.get(name)
    if (known) return known
    const opening = load(fs, `${folder}/${name}.log`)
    databases.set(name, opening)
    return opening
  }

  const write = async (ref: DatabaseRef, ops: readonly StoreOp[], sync: boolean): Promise<StoreProblem | null> => {
    const database = await open(nameOf(ref))
    const turn = database.writing.then(async (): Promise<StoreProblem | null> => {
      if (database.broken) return 'lost'
      if ((await readFence(fs, folder)) !== fence) return 'fenced'
      try {
        await append(fs, database.path, encodeLine(ops), sync)
      } catch (error) {
        database.broken = ref.database === 'replica'
        return error instanceof Error && 'code' in error && error.code === 'ENOSPC' ? 'full' : 'failed'
      }
      apply(database.rows, ops)
      return null
    })
    database.writing = turn
    return turn
  }

  return {
    openVault: async () => {
      await fs.mkdir(folder, { recursive: true })
      fence = (await readFence(fs, folder)) + 1
      await replace(fs, `${folder}/fence`, String(fence))
      const { rows } = await open('vault')
      return { rows: [...rows].map(([name, value]) => ({ ...splitName(name), value })), unreadable: 0 }
    },
    write: (ref, ops, durability) => write(ref, ops, durability === 'strict'),
    openReplica: async (generation) => {
      if ((await readIfThere(fs, `${folder}/replica-${generation}.log`)) === null) return null
      const { rows } = await open(`replica-${generation}`)
      const small = [...rows].filter(([name]) => !name.startsWith('chunk/') && !name.startsWith('timeline/'))
      const timelines = [...rows.keys()].filter((name) => name.startsWith('timeline/')).map((name) => name.slice('timeline/'.length))
      return { rows: small.map(([name, value]) => ({ ...splitName(name), value })), unreadable: 0, timelines }
    },
    chunks: async function* (generation) {
      const { rows } = await open(`replica-${generation}`)
      for (const name of [...rows.keys()].filter((one) => one.startsWith('chunk/')).toSorted()) {
        yield { key: name.slice('chunk/'.length), value: rows.get(name) ?? null }
      }
    },
    read: async (generation, table, key) => (await open(`replica-${generation}`)).rows.get(`${table}/${key}`) ?? null,
    keepReplicas: async (generations) => {
      const kept = new Set(generations.map((generation) => `replica-${generation}.log`))
      for (const file of await fs.readdir(folder)) {
        if (!/^replica-\d+\.log$/.test(file) || kept.has(file)) continue
        databases.delete(file.slice(0, -'.log'.length))
        await fs.rm(`${folder}/${file}`, { force: true })
      }
    },
    close: async () => {
      for (const database of databases.values()) await (await database).writing
    }
  }
}

async function load(fs: Fs, path: string): Promise<Open> {
  const text = (await readIfThere(fs, path)) ?? ''
  const rows = new Map<string, string>()
  const { values, torn } = decodeLines(text)
  for (const value of values) apply(rows, Batch.parse(value))
  const live = [...rows.values()].reduce((sum, value) => sum + value.length, 0)
  // What follows a torn line could never be read again, so the log must not go on behind it.
  if (torn || text.length > REWRITE_FROM * live + 65_536)
    await replace(fs, path, rows.size === 0 ? '' : encodeLine([...rows].map(([name, value]) => ({ ...splitName(name), value }))))
  return { path, rows, writing: Promise.resolve(), broken: false }
}

function apply(rows: Map<string, string>, ops: readonly StoreOp[]): void {
  for (const op of ops) {
    if (op.value === null) rows.delete(`${op.table}/${op.key}`)
    else rows.set(`${op.table}/${op.key}`, op.value)
  }
}

async function readFence(fs: Fs, folder: string): Promise<number> {
  return Number((await readIfThere(fs, `${folder}/fence`)) ?? '0')
}

function nameOf(ref: DatabaseRef): string {
  return ref.database === 'vault' ? 'vault' : `replica-${ref.generation}`
}

function splitName(name: string): { readonly table: string; readonly key: string } {
  const slash = name.indexOf('/')
  return { table: name.slice(0, slash), key: name.slice(slash + 1) }
}
