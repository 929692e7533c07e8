import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CommandId, PersonId } from '#shared/domain/identity.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import { systemClock, systemTimers } from '#server/clock.ts'
import { listen } from '#server/db/listen.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import type { DeskStore, LogEntry, NewEntry } from '#server/desk-store.ts'
import { followLog } from '#server/log-tail.ts'
import { serverLog } from '#server/log.ts'
import { makeCustomer } from '#test/make.ts'
import { freshDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

const WRITERS = 12
const TRANSACTIONS = 60
const HOT_RECORDS = 10

let database: TestDatabase
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(() => database.drop())

describe('revisions under concurrent writers', () => {
  it('[FEED-1] no reader ever sees a gap fill in later, and a record never goes back to an older version', async () => {
    const store = pgDeskStore(database.pool, () => () => undefined)
    const ids = Array.from({ length: HOT_RECORDS }, () => randomUUID())
    let writing = true
    const readers = Array.from({ length: 3 }, () => readAll(store, () => writing))
    const written = await Promise.all(Array.from({ length: WRITERS }, () => write(store, ids)))
    writing = false
    const total = written.flat().length

    for (const seen of await Promise.all(readers)) {
      expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: total }, (_, index) => index + 1))
      for (const id of ids) {
        const versions = seen.filter((entry) => entry.id === id).map(({ version }) => version)
        expect(versions).toEqual(versions.map((_, index) => index + 1))
      }
    }
    expect(new Set(written.flat()).size).toBe(total)
  })

  it('[FEED-2] a node that follows the log on two connections hands out every revision once, in order', async () => {
    const log = serverLog('silent')
    const listening = listen(database.url, database.pool, log)
    const store = pgDeskStore(database.pool, (wake) => listening.on('desk_log', () => wake()))
    await append(store, [entryOf(randomUUID(), 1)])
    const seen: LogEntry[] = []
    let wentBack = 0
    const tail = await followLog(store, systemTimers, log, { grown: (entries) => seen.push(...entries), wentBack: () => (wentBack += 1) })
    const ids = Array.from({ length: HOT_RECORDS }, () => randomUUID())
    const written = await Promise.all(
      Array.from({ length: 6 }, () => write(store, ids, (appended, entries) => tail.offer(appended, entries)))
    )
    await tail.catchUp()
    tail.stop()
    await listening.stop()
    expect(seen.map(({ revision }) => revision)).toEqual(Array.from({ length: written.flat().length }, (_, index) => index + 2))
    expect(wentBack).toBe(0)
  })
})

/** Follows the log the way a node does that hears of nothing: over and over from its own cursor. */
async function readAll(store: DeskStore, writing: () => boolean): Promise<readonly LogEntry[]> {
  const seen: LogEntry[] = []
  for (let last = false; ;) {
    const { entries, head } = await store.readLog(seen.at(-1)?.revision ?? 0, 50)
    seen.push(...entries)
    if (last && entries.length === 0) return seen
    last = !writing() && (seen.at(-1)?.revision ?? 0) === head
  }
}

async function write(
  store: DeskStore,
  ids: readonly string[],
  onAppended: (appended: { epoch: number; base: number }, entries: readonly NewEntry[]) => void = () => undefined
): Promise<readonly number[]> {
  const revisions: number[] = []
  for (let turn = 0; turn < TRANSACTIONS; turn++) {
    const some = [...new Set(Array.from({ length: 1 + (turn % 3) }, () => ids[Math.floor(Math.random() * ids.length)] ?? ''))]
    const tx = await store.begin({ consoles: [], commandIds: [], directory: false })
    try {
      const present = new Map(
        (await tx.lockRecords(some.map((id) => ({ kind: 'customer', id })))).map((image) => [image.id, image.version])
      )
      if (turn % 10 === 0) await new Promise((resume) => setTimeout(resume, 5))
      const entries = some.map((id) => entryOf(id, (present.get(id) ?? 0) + 1))
      const appended = await tx.appendAndCommit({ entries, answers: [], consoles: [] })
      revisions.push(...entries.map((_, index) => appended.base + index + 1))
      onAppended(appended, entries)
    } catch {
      // Two writers made the same new record at once, or each waits for one that the other made; the loser's transaction is undone and leaves no revision behind.
      await tx.rollback()
    }
  }
  return revisions
}

async function append(store: DeskStore, entries: readonly NewEntry[]): Promise<void> {
  const tx = await store.begin({ consoles: [], commandIds: [], directory: false })
  await tx.appendAndCommit({ entries, answers: [], consoles: [] })
}

function entryOf(id: string, version: number): NewEntry {
  const state = makeCustomer({ id: id as never })
  const at = systemClock.now()
  const actorId = randomUUID() as PersonId
  const image: RecordImage = { kind: 'customer', id, version, state }
  const facts = [
    { fact: { type: 'saved', kind: 'customer', state }, occurredAt: at, recordedAt: at, actorId, commandId: null, late: false }
  ] as const
  return { kind: 'customer', id, version, facts, image, actorId, commandId: randomUUID() as CommandId, consoleId: null, recordedAt: at }
}
