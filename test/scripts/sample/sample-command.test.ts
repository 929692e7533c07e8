import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '#scripts/drive/backend.ts'
import type { Backend } from '#scripts/drive/backend.ts'
import { runningServer } from '#server/data-folder.ts'
import { personId } from '#server/sample/sample-directory.ts'
import { exportLine } from '../import/export-file.ts'
import { runImport, scratch } from '../import/import-process.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)
const here = scratch()
let backend: Backend
let client: Client
beforeAll(async () => {
  backend = await startBackend({ data: join(here.folder, 'desk'), sampleDesk: true })
  client = await connected()
}, 120_000)
afterAll(async () => {
  await client.end()
  await backend.stop()
  here.remove()
}, 120_000)

async function connected(): Promise<Client> {
  const fresh = new Client({ connectionString: runningServer(backend.data)?.databaseUrl ?? '' })
  fresh.on('error', () => undefined)
  await fresh.connect()
  return fresh
}

async function sample(what: 'load' | 'remove'): Promise<{ readonly answer: unknown; readonly said: string }> {
  const { stdout, stderr } = await run(process.execPath, ['server/index.ts', 'sample', what], {
    cwd: ROOT,
    env: { ...process.env, RINGDOWN_DATA: backend.data }
  })
  return { answer: JSON.parse(stdout), said: stderr }
}

async function count(sql: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${sql}`)
  return Number(rows[0]?.count)
}
const accounts = async () => {
  const desk = (await (await fetch(`${backend.url}/desk`)).json()) as { sampleAccounts: { name: string; role: string }[] }
  return desk.sampleAccounts.map(({ name }) => name)
}

describe('the sample desk on a real server', () => {
  it('is there at the first start, with accounts that the sign-in screen may show', async () => {
    expect(await accounts()).toEqual(['amara', 'daniel', 'jonas', 'priya', 'ruth', 'sofia', 'tomas', 'wall', 'wen'])
    expect(await count('case_record where sample and state is not null')).toBeGreaterThan(100)
    expect(await count(`directory_record where kind = 'queue' and state ->> 'name' = 'Service Desk'`)).toBe(1)
  })

  it('is not loaded a second time', async () => {
    const before = await count('log_entry')
    expect((await sample('load')).answer).toEqual({ loaded: false, reason: 'alreadyThere' })
    expect(await count('log_entry')).toBe(before)
  })

  it('is removed by one command, all of it and nothing else, and stays removed', async () => {
    const file = here.file('one.csv', csv())
    expect(await runImport(['servicenow', file], { RINGDOWN_DATA: backend.data })).toMatchObject({ code: 0, totals: { cases: 1 } })
    const real = await client.query(`select state from case_record where not sample`)

    const { answer, said } = await sample('remove')
    expect(answer).toMatchObject({ kept: 0 })
    expect(said).toContain('No account is left')
    expect(await count(`case_record where state is not null and sample`)).toBe(0)
    expect(await count(`directory_record where state is not null and (state ->> 'sample')::boolean`)).toBe(0)
    expect(await count(`log_entry where facts @> '[{"fact": {"type": "removed"}}]'`)).toBeGreaterThan(270)
    expect((await client.query(`select state from case_record where not sample`)).rows).toEqual(real.rows)
    expect(await accounts()).toEqual([])
    expect((await sample('remove')).answer).toEqual({ cases: 0, records: 0, kept: 0 })

    await client.end()
    await backend.stop()
    await backend.start()
    client = await connected()
    expect(await count('case_record where state is not null and sample')).toBe(0)
    expect(await accounts()).toEqual([])
  })

  it('can be put back, under new numbers', async () => {
    const before = await client.query<{ number: string }>('select number from case_record where sample')
    expect((await sample('load')).answer).toMatchObject({ loaded: true })
    expect(await accounts()).toContain('amara')
    const after = await client.query<{ number: string }>('select number from case_record where sample and state is not null')
    expect(after.rows.length).toBe(before.rows.length)
    expect(after.rows.map(({ number }) => number)).not.toEqual(expect.arrayContaining(before.rows.slice(0, 1).map(({ number }) => number)))
  })

  it('keeps what real work names, says so, and lets nobody of it sign in', async () => {
    // A real case that a sample agent owns in a sample queue of a sample customer, as left behind by a desk that tried things out.
    await client.query(
      `update case_record set sample = false, state = jsonb_set(state, '{sample}', 'false'), assignee_id = $1, queue_id = queue_id
       where id = (select id from case_record where sample and state is not null and state ->> 'contactId' is not null order by opened_at desc limit 1)`,
      [personId('amara')]
    )
    const { answer, said } = await sample('remove')
    expect(answer).toMatchObject({ kept: expect.any(Number) as unknown })
    expect(said).toMatch(/Kept the sample customer .+: \d+ records? that (is|are) not sample names? it/)
    expect(said).toContain('Kept the sample person Amara Okafor')
    const { rows } = await client.query<{ active: boolean }>(
      `select (state ->> 'active')::boolean as active from directory_record where kind = 'person' and id = $1`,
      [personId('amara')]
    )
    expect(rows).toEqual([{ active: false }])
    expect(await accounts()).toEqual([])
    expect(await count('case_record where state is not null and not sample')).toBe(2)
    expect(await count(`case_record where state is not null and sample`)).toBe(0)
  })
})

function csv(): string {
  const { columns } = exportLine(2)
  return `${Object.keys(columns).join(',')}\n${Object.values(columns).join(',')}\n`
}
