import 'fake-indexeddb/auto'
import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileJournal } from '#renderer/sync/headless/file-journal.ts'
import { fileStorage } from '#renderer/sync/headless/file-storage.ts'
import { decodeLines, encodeLine } from '#renderer/sync/headless/files.ts'
import { aesCipher, fromBase64, keyFromPassphrase, toBase64 } from '#renderer/sync/storage/cipher.ts'
import { dexieStorage, keyFits } from '#renderer/sync/storage/dexie-store.ts'
import { sealedJournal } from '#renderer/sync/storage/sealed-journal.ts'
import type { RawJournal } from '#renderer/sync/storage/sealed-journal.ts'
import type { Storage } from '#renderer/sync/storage/storage.ts'

const KEY = new Uint8Array(32).fill(7)
const VAULT = { database: 'vault' } as const
const replica = (generation: number) => ({ database: 'replica', generation }) as const
const row = (table: string, key: string, value: string | null) => ({ table, key, value })

let folder = ''
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'ringdown-storage-'))
})
afterEach(async () => {
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
  await fs.rm(folder, { recursive: true, force: true })
})

const kinds: readonly { readonly name: string; readonly open: () => Promise<Storage> }[] = [
  { name: 'databases of the browser', open: async () => dexieStorage(await aesCipher(KEY)) },
  { name: 'files', open: () => Promise.resolve(fileStorage(fs, folder)) }
]

describe.each(kinds)('a store on $name', ({ open }) => {
  it('gives back what was written to the vault, the last value of each row', async () => {
    const first = await open()
    await first.openVault()
    expect(await first.write(VAULT, [row('command', '1', '"a"'), row('draft', 'x/y', '"b"')], 'strict')).toBeNull()
    await first.write(VAULT, [row('command', '1', '"c"'), row('draft', 'x/y', null), row('identity', 'current', '{}')], 'strict')
    await first.close()
    const again = await (await open()).openVault()
    expect(again.unreadable).toBe(0)
    expect(again.rows.toSorted((a, b) => (a.table < b.table ? -1 : 1))).toEqual([
      { table: 'command', key: '1', value: '"c"' },
      { table: 'identity', key: 'current', value: '{}' }
    ])
  })

  it('keeps chunks and histories apart from the small tables, and chunks in the order of their keys', async () => {
    const storage = await open()
    await storage.openVault()
    const long = JSON.stringify('x'.repeat(20_000))
    await storage.write(
      replica(1),
      [row('chunk', 'b000001', long), row('chunk', 'a000000', '[1]'), row('timeline', 'c1/1-2', '[2]')],
      'relaxed'
    )
    await storage.write(replica(1), [row('meta', 'cursor', '{}'), row('tail', 'case:1', 'null')], 'strict')
    const opened = await storage.openReplica(1)
    expect(opened?.rows.map(({ table }) => table).toSorted()).toEqual(['meta', 'tail'])
    expect(opened?.timelines).toEqual(['c1/1-2'])
    const chunks: [string, string | null][] = []
    for await (const { key, value } of storage.chunks(1)) chunks.push([key, value])
    expect(chunks).toEqual([
      ['a000000', '[1]'],
      ['b000001', long]
    ])
    expect(await storage.read(1, 'timeline', 'c1/1-2')).toBe('[2]')
    expect(await storage.read(1, 'timeline', 'none')).toBeNull()
    expect(await storage.openReplica(9)).toBeNull()
  })

  it('[SYNC-14] refuses the writes of an engine that another one has taken over from', async () => {
    const old = await open()
    await old.openVault()
    await old.write(VAULT, [row('draft', 'd', '"old"')], 'strict')
    const next = await open()
    await next.openVault()
    expect(await old.write(VAULT, [row('draft', 'd', '"late"')], 'strict')).toBe('fenced')
    expect(await next.write(VAULT, [row('draft', 'e', '"new"')], 'strict')).toBeNull()
    const { rows } = await (await open()).openVault()
    expect(rows.map(({ value }) => value).toSorted()).toEqual(['"new"', '"old"'])
  })

  it('drops every generation but those it is told to keep', async () => {
    const storage = await open()
    await storage.openVault()
    for (const generation of [1, 2, 3]) await storage.write(replica(generation), [row('meta', 'cursor', '{}')], 'relaxed')
    await storage.keepReplicas([2])
    expect([await storage.openReplica(1), await storage.openReplica(3)]).toEqual([null, null])
    expect((await storage.openReplica(2))?.rows).toHaveLength(1)
  })

  it('carries out writes in the order in which they were asked for', async () => {
    const storage = await open()
    await storage.openVault()
    await Promise.all(Array.from({ length: 40 }, (_, n) => storage.write(VAULT, [row('draft', 'd', String(n))], 'strict')))
    const { rows } = await storage.openVault()
    expect(rows).toEqual([{ table: 'draft', key: 'd', value: '39' }])
  })
})

describe('databases of the browser', () => {
  it('lie sealed on the disk', async () => {
    const storage = dexieStorage(await aesCipher(KEY))
    await storage.openVault()
    await storage.write(VAULT, [row('draft', 'd', JSON.stringify('the secret of the caller'))], 'strict')
    await storage.close()
    const db = await new Dexie('ringdown-vault').open()
    const raw = await db.table('rows').toArray()
    db.close()
    expect(raw.length).toBeGreaterThan(1)
    expect(raw.some((value) => value instanceof Uint8Array && new TextDecoder().decode(value).includes('secret'))).toBe(false)
  })

  it('[SYNC-16] counts rows that this key does not open and leaves them there', async () => {
    const storage = dexieStorage(await aesCipher(KEY))
    await storage.openVault()
    await storage.write(VAULT, [row('draft', 'd', '"mine"')], 'strict')
    const other = dexieStorage(await aesCipher(new Uint8Array(32).fill(8)))
    expect(await other.openVault()).toEqual({ rows: [], unreadable: 1 })
    const back = dexieStorage(await aesCipher(KEY))
    expect((await back.openVault()).rows).toHaveLength(1)
  })

  it('[SYNC-10] hand a chunk that was changed on the disk over as unreadable', async () => {
    const storage = dexieStorage(await aesCipher(KEY))
    await storage.openVault()
    await storage.write(replica(1), [row('chunk', 'a000000', '[1]'), row('chunk', 'a000001', '[2]')], 'relaxed')
    await storage.close()
    const db = await new Dexie('ringdown-replica-1-1').open()
    const sealed: unknown = await db.table('rows').get('chunk/a000001')
    // A whole row of another place is as wrong as a changed one.
    await db.table('rows').put(sealed, 'chunk/a000000')
    db.close()
    const again = dexieStorage(await aesCipher(KEY))
    const chunks: (string | null)[] = []
    for await (const { value } of again.chunks(1)) chunks.push(value)
    expect(chunks).toEqual([null, '[2]'])
  })

  it('know the passphrase that fits', async () => {
    const salt = new Uint8Array(16).fill(1)
    const right = await keyFromPassphrase('correct horse', salt)
    expect(await keyFits(await aesCipher(right))).toBe('empty')
    await dexieStorage(await aesCipher(right)).openVault()
    expect(await keyFits(await aesCipher(await keyFromPassphrase('correct horse', salt)))).toBe('yes')
    expect(await keyFits(await aesCipher(await keyFromPassphrase('battery staple', salt)))).toBe('no')
  })
})

describe('files', () => {
  it('[SYNC-10] show a batch whole or not at all, wherever the log was cut off', async () => {
    const storage = fileStorage(fs, folder)
    await storage.openVault()
    await storage.write(replica(1), [row('meta', 'cursor', '1'), row('tail', 'a', '1')], 'relaxed')
    await storage.write(replica(1), [row('meta', 'cursor', '2'), row('tail', 'a', '2'), row('tail', 'b', '2')], 'relaxed')
    await storage.close()
    const path = join(folder, 'replica-1.log')
    const whole = await fs.readFile(path)
    const seen = new Set<string>()
    for (let cut = 0; cut <= whole.length; cut += 1) {
      await fs.writeFile(path, whole.subarray(0, cut))
      const opened = await fileStorage(fs, folder).openReplica(1)
      const values = opened?.rows.map(({ value }) => value).join('') ?? ''
      expect(['', '11', '222']).toContain(values)
      seen.add(values)
    }
    expect(seen.size).toBe(3)
  })

  it('tell a torn line from a whole one', () => {
    const text = encodeLine({ n: 1 }) + encodeLine({ n: 2 })
    expect(decodeLines(text)).toEqual({ values: [{ n: 1 }, { n: 2 }], torn: false })
    expect(decodeLines(text.slice(0, -3))).toEqual({ values: [{ n: 1 }], torn: true })
    expect(decodeLines(text.replace('"n":1', '"n":3'))).toEqual({ values: [], torn: true })
  })

  it('keep the journal over a torn end and cut it where they are told', async () => {
    const path = join(folder, 'journal.log')
    const journal = fileJournal(fs, path)
    await journal.append([1, 2, 3].map((line) => ({ line, body: `body ${line}` })))
    await fs.appendFile(path, 'torn')
    expect(await journal.read()).toMatchObject({ lines: [{ line: 1 }, { line: 2 }, { line: 3 }], damaged: 1 })
    await journal.append([{ line: 4, body: 'body 4' }])
    await journal.trim(2)
    expect(await journal.read()).toEqual({
      lines: [
        { line: 3, body: 'body 3' },
        { line: 4, body: 'body 4' }
      ],
      damaged: 0
    })
  })
})

describe('the sealed journal', () => {
  function kept(): { readonly raw: RawJournal; readonly lines: { sequence: number; body: string }[] } {
    const lines: { sequence: number; body: string }[] = []
    const raw: RawJournal = {
      read: () => Promise.resolve({ lines, damagedBytes: 0 }),
      append: (added) => {
        lines.push(...added)
        return Promise.resolve()
      },
      trim: () => Promise.resolve()
    }
    return { raw, lines }
  }

  it('hands out lines that nobody else can read and reads them back', async () => {
    const { raw, lines } = kept()
    const journal = sealedJournal(raw, await aesCipher(KEY))
    await journal.append([{ line: 1, body: 'what the caller said' }])
    expect(lines[0]?.body).not.toContain('caller')
    expect(await journal.read()).toEqual({ lines: [{ line: 1, body: 'what the caller said' }], damaged: 0 })
  })

  it('counts a line that was changed, moved or sealed with another key as damaged', async () => {
    const { raw, lines } = kept()
    const journal = sealedJournal(raw, await aesCipher(KEY))
    await journal.append([
      { line: 1, body: 'one' },
      { line: 2, body: 'two' }
    ])
    const [first, second] = lines
    lines.splice(0, 2, { sequence: 1, body: second?.body ?? '' }, { sequence: 2, body: first?.body ?? '' })
    expect(await journal.read()).toEqual({ lines: [], damaged: 2 })
  })

  it('carries any bytes over as text', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, n) => (n * 31) % 256)
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  })
})
