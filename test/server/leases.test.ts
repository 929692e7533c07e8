import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '#server/clock.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import type { DeskStore } from '#server/desk-store.ts'
import { leaseAt } from '#server/numbers.ts'
import { freshDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

let database: TestDatabase
let store: DeskStore
beforeEach(async () => {
  database = await freshDatabase()
  store = pgDeskStore(database.pool, () => () => undefined)
})
afterEach(() => database.drop())

const lease = () => store.leaseNumbers(randomUUID(), 20, leaseAt(systemClock.now()))

it('[LEASE-1] a thousand consoles that ask at once get blocks of their own and leave connections for everybody else', async () => {
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from number_space for update')
  const asked = Promise.all(Array.from({ length: 1_000 }, lease))
  await database.pool.query('select 1')
  expect(database.pool.waitingCount).toBe(0)
  await holder.query('commit')
  holder.release()

  const blocks = (await asked).flat().toSorted((a, b) => a.from - b.from)
  expect(blocks).toHaveLength(1_000)
  expect(blocks.filter((block, index) => block.from <= (blocks[index - 1]?.to ?? 0))).toEqual([])
})

it('[LEASE-1] a connection that is lost in mid-lease hands out nothing, and the next one to ask is served', async () => {
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from number_space for update')
  const lost = Promise.allSettled([lease(), lease()])
  for (let cut = 0; cut === 0;) {
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    )
    cut = rowCount ?? 0
  }
  await holder.query('rollback')
  holder.release()

  const outcomes = await lost
  const [block] = await lease()
  const { rows } = await database.pool.query<{ count: number }>('select count(*)::int from number_lease')
  expect(outcomes[0]?.status).toBe('rejected')
  expect(block).toBeDefined()
  expect(rows[0]?.count).toBe(1 + outcomes.filter(({ status }) => status === 'fulfilled').length)
})
