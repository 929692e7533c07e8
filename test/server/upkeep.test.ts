import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { DAY } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { systemClock } from '#server/clock.ts'
import { backUpCluster } from '#server/db/cluster-backup.ts'
import { pruneImages } from '#server/db/prune-images.ts'
import { deskClock } from '#server/desk-clock.ts'
import { borrowedDatabase } from '#server/desk-database.ts'
import type { NumberBlock, NumberSpace } from '#server/desk-store.ts'
import { serverLog } from '#server/log.ts'
import { grantAt, leaseAt } from '#server/numbers.ts'
import { verifyLog } from '#server/verify-log.ts'
import { makeCustomer } from '#test/make.ts'
import { furnish, openDesk, valueOf } from './desk.ts'
import type { TestDesk } from './desk.ts'
import { runServer, scratchFolder, startServer } from './server-process.ts'

const desks: TestDesk[] = []
const folders: ReturnType<typeof scratchFolder>[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
  for (const { remove } of folders.splice(0)) remove()
})
async function open(): Promise<TestDesk> {
  const desk = await openDesk()
  desks.push(desk)
  return desk
}
const saveCustomer = (desk: TestDesk, id: string = randomUUID(), notes = '') =>
  desk.save({ kind: 'customer', id }, makeCustomer({ id: id as never, notes }))

describe('pruning', () => {
  it('[PRUNE-1] old images go from the beginning on, the facts stay, and older cursors take a snapshot', async () => {
    const desk = await open()
    const at = await desk.console(await desk.person('lead'))
    const { cursor } = await at.hello()
    for (let turn = 0; turn < 4; turn++) await saveCustomer(desk)
    await desk.database.pool.query(`update log_entry set appended_at = appended_at - $1::bigint where revision <= $2`, [
      20 * DAY,
      cursor.revision + 2
    ])
    expect(await pruneImages(desk.database.pool, systemClock.now() - 14 * DAY, 1_000)).toBe(cursor.revision + 2)
    expect(await pruneImages(desk.database.pool, systemClock.now() - 14 * DAY, 1_000)).toBe(0)
    const { rows } = await desk.database.pool.query<{ revision: number; gone: boolean; facts: unknown[] }>(
      'select revision, image is null as gone, facts from log_entry order by revision'
    )
    expect(rows.map(({ gone }) => gone)).toEqual(rows.map(({ revision }) => revision <= cursor.revision + 2))
    expect(rows.every(({ facts }) => facts.length > 0)).toBe(true)
    await desk.app.node.catchUp()
    const after = { ...cursor, revision: cursor.revision + 2 }
    expect(valueOf(await at.ask('changes', { after: cursor, limit: 10 }))).toEqual({ reset: 'cursorTooOld' })
    expect(valueOf(await at.ask('changes', { after, limit: 10 }))).toMatchObject({ page: { entries: [{}, {}] } })
  })

  it('[PRUNE-2] no more images are kept than agreed', async () => {
    const desk = await open()
    for (let turn = 0; turn < 5; turn++) await saveCustomer(desk)
    await pruneImages(desk.database.pool, 0, 3)
    const { rows } = await desk.database.pool.query('select from log_entry where image is not null')
    expect(rows).toHaveLength(3)
  })
})

describe('verifying', () => {
  it('[VERIFY-1] the whole desk is what its log says, pruned or not', async () => {
    const desk = await open()
    await furnish(desk)
    const id = randomUUID()
    for (const notes of ['one', 'two']) await saveCustomer(desk, id, notes)
    await desk.save({ kind: 'customer', id }, null)
    await pruneImages(desk.database.pool, 0, 2)
    const found: string[] = []
    const verification = await verifyLog(desk.database.pool, (difference) => found.push(difference))
    expect(found).toEqual([])
    expect(verification).toMatchObject({ differences: 0, entries: desk.app.node.end().head })
  })

  it('[VERIFY-2] names every record that differs, has no history or has no row', async () => {
    const desk = await open()
    const [changed, bare, lost, old] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    for (const id of [changed, lost, old]) await saveCustomer(desk, id)
    await desk.database.pool.query(`update directory_record set state = jsonb_set(state, '{name}', '"Somebody Else"') where id = $1`, [
      changed
    ])
    await desk.database.pool.query(`update directory_record set version = 9 where id = $1`, [old])
    await desk.database.pool.query(`delete from directory_record where id = $1`, [lost])
    await desk.database.pool.query(`insert into directory_record values ('customer', $1, 1, false, '{}')`, [bare])
    const found: string[] = []
    await verifyLog(desk.database.pool, (difference) => found.push(difference))
    expect(found.toSorted()).toEqual(
      [
        `customer ${changed} is not what its history says`,
        `customer ${old} is at version 9, its history at 1`,
        `customer ${lost} has a history but no row`,
        `customer ${bare} has a row but no history`
      ].toSorted()
    )
  })
})

describe('backing up', () => {
  it('[BACKUP-1] a backup taken beside a working server opens as a desk of its own that says it went back in time', async () => {
    const [folder, other] = [scratchFolder(), scratchFolder()]
    folders.push(folder, other)
    const target = join(other.path, 'backup')
    const server = await startServer(folder.path, { RINGDOWN_SAMPLE: '1' })
    const taken = await runServer(folder.path, ['backup', target])
    expect([taken.code, taken.stderr]).toEqual([0, ''])
    const again = await runServer(folder.path, ['backup', target])
    expect([again.code, again.stderr]).toEqual([3, `${target} exists already. Nothing was written; name a folder that does not exist.\n`])
    await server.kill('SIGTERM')

    const verified = await runServer(target, ['verify'])
    expect(verified.stderr).toBe('')
    expect(JSON.parse(verified.stdout)).toMatchObject({ differences: 0, auditWhole: true })
    const database = await borrowedDatabase({ dataFolder: target, databaseUrl: null, databaseConnections: 3 }, serverLog('silent'))
    const { rows } = await database.pool.query<{ same: boolean }>('select lineage = store_lineage() as same from number_space')
    await database.close()
    expect(rows).toEqual([{ same: false }])
  })

  it('[BACKUP-2] a backup that breaks off leaves nothing under its name', async () => {
    const desk = await open()
    const folder = scratchFolder()
    folders.push(folder)
    const target = join(folder.path, 'backup')
    await expect(backUpCluster(desk.database.pool, join(folder.path, 'no desk here'), target)).rejects.toThrow()
    expect((await import('node:fs')).readdirSync(folder.path)).toEqual([])
  })
})

describe('numbers over restarts and restores', () => {
  const START = 1_800_000_000_000
  const space = (over: Partial<NumberSpace>): NumberSpace => ({
    next: 10_001,
    since: 'same',
    aliveAt: START as Instant,
    busiestDay: 0,
    today: 0,
    todayStartedAt: null,
    ...over
  })

  it('[LEASE-4] a restored desk never repeats a number that the lost time handed out, whatever was asked for and when', () => {
    const requests = fc.array(fc.record({ after: fc.integer({ min: 0, max: 3 * DAY }), count: fc.constantFrom(20, 1) }), { maxLength: 200 })
    fc.assert(
      fc.property(requests, fc.integer({ min: 0, max: 5 * DAY }), (lostRequests, downtime) => {
        const handOut = (from: NumberSpace, times: readonly { readonly after: number; readonly count: number }[], begin: number) => {
          let [current, now] = [from, begin]
          const blocks: NumberBlock[] = []
          for (const { after, count } of times) {
            now += after
            const granted = leaseAt(now as Instant)(current, count)
            blocks.push(...granted.blocks)
            current = { ...granted.space, since: 'same' }
          }
          return { blocks, now }
        }
        const lost = handOut(space({}), lostRequests, START)
        const [first] = grantAt((lost.now + downtime) as Instant)(space({ since: 'restored' }), 1).blocks
        for (const { to } of lost.blocks) if (first && first.from <= to) return false
        return true
      })
    )
  })

  it('[LEASE-5] a restart jumps little, and no jump happens while the process lives', () => {
    const now = (START + 10_000) as Instant
    expect(grantAt(now)(space({}), 20)).toMatchObject({ lost: null, blocks: [{ from: 10_001, to: 10_020 }] })
    const { lost } = grantAt(now)(space({ since: 'restarted' }), 20)
    expect((lost?.to ?? 0) - (lost?.from ?? 0)).toBeLessThan(50)
  })
})

describe('the clock of several nodes', () => {
  it('[TIME-1] follows the database, not this machine, and survives a clock that is set', async () => {
    let [wall, monotonic, database] = [1_000_000, 0, 5_000_000]
    const pass = (milliseconds: number) =>
      ([wall, monotonic, database] = [wall + milliseconds, monotonic + milliseconds, database + milliseconds])
    let run = () => {}
    const clock = await deskClock(
      async () => {
        pass(10)
        return database - 5
      },
      { after: (_, next) => ((run = next), () => undefined) },
      { wall: () => wall, monotonic: () => monotonic }
    )
    expect(Math.abs(clock.now() - database)).toBeLessThanOrEqual(5)
    wall -= 3_600_000
    pass(30_000)
    run()
    await new Promise((settle) => setImmediate(settle))
    expect(Math.abs(clock.now() - database)).toBeLessThanOrEqual(5)
    clock.stop()
  })
})
