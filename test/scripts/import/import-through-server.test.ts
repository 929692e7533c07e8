import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '#scripts/drive/backend.ts'
import type { Backend } from '#scripts/drive/backend.ts'
import { openDatabase } from '#server/db/database.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import { IMPORT_LIMITS } from '#server/import/batch.ts'
import { runningServer } from '#server/data-folder.ts'
import { EXPORT_FILE, ordinaryCells } from './export-file.ts'
import { runImport, scratch } from './import-process.ts'

const here = scratch()
let backend: Backend
let database: string
beforeAll(async () => {
  backend = await startBackend({ data: join(here.folder, 'desk'), sampleDesk: true })
  database = runningServer(backend.data)?.databaseUrl ?? ''
}, 120_000)
afterAll(async () => {
  await backend.stop()
  here.remove()
}, 120_000)

const through = (name: string) =>
  runImport(['servicenow', EXPORT_FILE, '--server', backend.url], {
    RINGDOWN_DATA: join(here.folder, name),
    RINGDOWN_NAME: name,
    RINGDOWN_PASSWORD: 'ringdown'
  })

async function tokenOf(name: string): Promise<string> {
  const response = await fetch(`${backend.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: 'ringdown' })
  })
  const session = (await response.json()) as { accessToken: string }
  return session.accessToken
}

async function post(body: unknown, token: string | null): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  return fetch(`${backend.url}/import/batch`, { method: 'POST', headers, body: JSON.stringify(body) })
}

describe('importing through a server', () => {
  it('is refused to everybody but administrators, before a line is read', async () => {
    const refused = await through('daniel')
    expect(refused).toMatchObject({ code: 1, totals: null, stderr: expect.stringContaining('Only an administrator') as unknown })
    expect(refused.stderr).toContain('Nothing was imported')
    expect((await post({ format: 'servicenow' }, null)).status).toBe(401)
    expect((await post({ format: 'servicenow' }, 'eyJhbGciOiJIUzI1NiJ9.e30.nothing')).status).toBe(401)
    expect((await post({ format: 'servicenow' }, await tokenOf('amara'))).status).toBe(403)
  })

  it('refuses what is no batch, and a batch that is too large', async () => {
    const token = await tokenOf('ruth')
    const lines = [{ line: 2, cells: ordinaryCells(2) }]
    expect((await post({ format: 'servicenow', system: 'A', lines: [] }, token)).status).toBe(400)
    expect((await post({ format: 'servicenow', system: 'A/../B', lines }, token)).status).toBe(400)
    expect((await post({ format: 'jira', system: 'A', lines }, token)).status).toBe(400)
    const manyLines = Array.from({ length: IMPORT_LIMITS.linesPerBatch + 1 }, (_, index) => ({ line: index + 2, cells: {} }))
    expect((await post({ format: 'servicenow', system: 'A', lines: manyLines }, token)).status).toBe(400)
    const large = [{ line: 2, cells: Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`c${index}`, 'x'.repeat(60_000)])) }]
    // The server may hang up while the rest is still on its way.
    const answer = await post({ format: 'servicenow', system: 'A', lines: large }, token).then(
      ({ status }) => status,
      () => 'hung up'
    )
    expect([400, 413, 'hung up']).toContain(answer)
  })

  it('loads the real export once, on the audit trail, where it is found by its old number', async () => {
    expect(await through('ruth')).toMatchObject({ code: 0, totals: { cases: 600, unchanged: 0, rejected: 0 } })
    expect(await through('ruth')).toMatchObject({ code: 0, totals: { cases: 0, events: 0, unchanged: 600, rejected: 0 } })

    const client = new Client({ connectionString: database })
    await client.connect()
    const audit = await client.query<{ cases: number; lines: number }>(
      `select sum((detail ->> 'cases')::int)::int as cases, sum((detail ->> 'lines')::int)::int as lines from audit
       where action = 'imported' and actor_id = (select person_id::text from account where name = 'ruth')`
    )
    await client.end()
    expect(audit.rows).toEqual([{ cases: 600, lines: 2 * 4_137 }])

    const pool = await openDatabase(database, { connections: 1, onLost: () => undefined })
    const found = await pgDeskStore(pool, () => () => undefined).searchCases({ text: 'INC0000102', limit: 5, hiddenQueueIds: [] })
    await pool.end()
    expect(found.map(({ state }) => [state?.source?.number, state?.status, state?.reopenCount])).toEqual([['INC0000102', 'closed', 1]])
  })

  it('finds the running server of a data folder by itself', async () => {
    const beside = await runImport(['servicenow', EXPORT_FILE], { RINGDOWN_DATA: backend.data })
    expect(beside).toMatchObject({ code: 0, totals: { cases: 0, events: 0, unchanged: 600, rejected: 0 } })
    expect((await fetch(`${backend.url}/readyz`)).ok).toBe(true)
  })

  it('says what to do when the server cannot be reached or the sign-in is wrong', async () => {
    const environment = { RINGDOWN_DATA: join(here.folder, 'nobody'), RINGDOWN_NAME: 'ruth', RINGDOWN_PASSWORD: 'wrong' }
    const wrong = await runImport(['servicenow', EXPORT_FILE, '--server', backend.url], environment)
    expect(wrong).toMatchObject({ code: 1, totals: null, stderr: expect.stringContaining('Could not sign in') as unknown })
    const nowhere = await runImport(['servicenow', EXPORT_FILE, '--server', 'http://127.0.0.1:1'], environment)
    expect(nowhere).toMatchObject({ code: 1, totals: null, stderr: expect.stringContaining('Could not sign in') as unknown })
    const nobody = await runImport(['servicenow', EXPORT_FILE, '--server', backend.url], { RINGDOWN_DATA: environment.RINGDOWN_DATA })
    expect(nobody).toMatchObject({ code: 1, totals: null, stderr: expect.stringContaining('RINGDOWN_TOKEN') as unknown })
  })
})
