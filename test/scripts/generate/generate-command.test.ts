import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { afterAll, expect, it } from 'vitest'
import { startEmbedded } from '#server/db/embedded.ts'
import { scratch } from '../import/import-process.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const run = promisify(execFile)
const here = scratch()
afterAll(here.remove)

it('fills a desk with as many cases as asked for, once a seed', async () => {
  const RINGDOWN_DATA = join(here.folder, 'desk')
  const { DATABASE_URL: _database, ...clean } = process.env
  const generate = (...args: readonly string[]) =>
    run(process.execPath, ['scripts/generate-cases.ts', ...args], { cwd: ROOT, env: { ...clean, RINGDOWN_DATA } })

  const { stdout } = await generate('--cases', '1500')
  const answer = JSON.parse(stdout) as { cases: number; open: number; facts: number; customers: number }
  expect(answer).toMatchObject({ cases: 1_500, customers: 30 })
  await expect(generate('--cases', '10')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('already') as unknown })
  await expect(generate('--cases', 'many')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('whole number') as unknown })

  const database = await startEmbedded(RINGDOWN_DATA)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `select count(*)::int as cases, count(distinct number)::int as numbers, count(*) filter (where status in ('new', 'inProgress', 'waiting'))::int as open,
         (select count(*)::int from log_entry where kind = 'case') as entries,
         (select sum(jsonb_array_length(facts))::int from log_entry where kind = 'case') as facts,
         (select max(revision) - count(*) from log_entry)::int as gaps from case_record`
    )
    expect(rows).toEqual([{ cases: 1_500, numbers: 1_500, open: answer.open, entries: 1_500, facts: answer.facts, gaps: 0 }])
  } finally {
    await client.end()
    await database.stop()
  }
})
