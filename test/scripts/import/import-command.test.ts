import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { serialOf } from '#shared/domain/case/case-number.ts'
import type { CaseState } from '#shared/domain/case/case.ts'
import { evolveCase } from '#shared/domain/case/evolve.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import { namesOf } from '#server/import/servicenow/names.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { runningServer } from '#server/data-folder.ts'
import { COLUMNS } from '#server/import/servicenow/columns.ts'
import { EXPORT_FILE, exportLine, ordinaryCells, realIncidents } from './export-file.ts'
import { runImport, scratch } from './import-process.ts'

const names = namesOf('ServiceNow')
const here = scratch()
afterAll(here.remove)

type Kept = { readonly state: CaseState; readonly facts: readonly LoggedFact<CaseFact>[] }

/** Every case of a desk that nobody else uses now, with its history, read from its database. */
async function casesOf(folder: string): Promise<readonly Kept[]> {
  const database = await startEmbedded(folder)
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    const { rows } = await client.query<{ state: CaseState; facts: LoggedFact<CaseFact>[][] }>(
      `select c.state, (select json_agg(l.facts order by l.version) from log_entry l where l.kind = 'case' and l.record_id = c.id::text) as facts from case_record c`
    )
    return rows.map(({ state, facts }) => ({ state, facts: facts.flat() }))
  } finally {
    await client.end()
    await database.stop()
  }
}

async function expectAllReal(cases: readonly Kept[]): Promise<void> {
  const incidents = await realIncidents()
  const found = new Map(cases.map((kept) => [kept.state.source?.number, kept]))
  expect(cases).toHaveLength(600)
  expect(new Set(cases.map(({ state }) => state.number)).size).toBe(600)
  for (const [number, lines] of incidents) {
    const last = lines.at(-1) ?? exportLine(1)
    const kept = found.get(number)
    expect(kept?.state).toMatchObject({
      id: names.caseOf(number),
      source: { system: 'ServiceNow', number },
      status: last.standing.status,
      severity: last.severity,
      queueId: names.queue(last.columns.assignment_group),
      assigneeId: names.assignee(last.columns.assigned_to),
      reopenCount: last.reopenCount
    })
    expect(kept?.facts.flatMap(({ fact }) => (fact.type === 'exportLineRecorded' ? fact.line : []))).toEqual(lines.map(({ line }) => line))
    expect(kept?.facts.reduce<CaseState | undefined>((state, fact) => evolveCase(names.caseOf(number), state, fact), undefined)).toEqual(
      kept?.state
    )
    expect(serialOf(kept?.state.number ?? '')).not.toBeNull()
  }
}

describe('npm run import -- servicenow', () => {
  it('loads the 600 real incidents, changes nothing the second time, and the desk holds what the export says', async () => {
    const RINGDOWN_DATA = join(here.folder, 'whole')
    const first = await runImport(['servicenow', EXPORT_FILE], { RINGDOWN_DATA })
    expect(first).toMatchObject({ code: 0, totals: { cases: 600, unchanged: 0, rejected: 0 } })
    expect(first.totals?.events).toBeGreaterThanOrEqual(4_137)
    const cases = await casesOf(RINGDOWN_DATA)
    await expectAllReal(cases)
    expect(cases.reduce((sum, { facts }) => sum + facts.length, 0)).toBe(first.totals?.events)

    const second = await runImport(['servicenow', EXPORT_FILE], { RINGDOWN_DATA })
    expect(second).toMatchObject({ code: 0, totals: { cases: 0, events: 0, unchanged: 600, rejected: 0 } })
    expect(await casesOf(RINGDOWN_DATA)).toEqual(cases)
  })

  it('goes on after it was killed, and the desk is the same as if it had not been', async () => {
    const RINGDOWN_DATA = join(here.folder, 'killed')
    let caught = 0
    const killed = await runImport(['servicenow', EXPORT_FILE], { RINGDOWN_DATA }, (child) => {
      void firstCases(RINGDOWN_DATA, () => child.exitCode === null).then((count) => {
        caught = count
        child.kill('SIGKILL')
      })
    })
    expect(killed).toMatchObject({ code: null, totals: null })
    expect(caught).toBeGreaterThan(0)
    expect(caught).toBeLessThan(600)

    const again = await runImport(['servicenow', EXPORT_FILE], { RINGDOWN_DATA })
    expect(again.code).toBe(0)
    expect(again.totals?.unchanged).toBeGreaterThanOrEqual(caught)
    expect((again.totals?.cases ?? 0) + (again.totals?.unchanged ?? 0)).toBe(600)
    await expectAllReal(await casesOf(RINGDOWN_DATA))
  })

  it('says line by line what it cannot use, on standard error and in the report, and loads the rest', async () => {
    const RINGDOWN_DATA = join(here.folder, 'broken')
    const row = (line: number, cells: Record<string, string>) => {
      const all = ordinaryCells(line, cells)
      return Buffer.from(COLUMNS.map((column) => all[column] ?? '').join(','))
    }
    const good = row(2, { number: 'INC0000002', assigned_to: 'Müller, Jörg' })
    const quoted = Buffer.from(good.toString().replace('Müller, Jörg', '"Müller, Jörg"'))
    const lines = [
      Buffer.from(COLUMNS.join(',')), // 1
      quoted, // 2
      row(3, { number: 'INC0000003' }).subarray(0, 60), // 3 cut
      row(4, { number: 'INC0000004', sys_updated_at: '31-02-2016 10:00' }), // 4 wrong date
      row(5, { number: 'INC0000005', incident_state: 'Pondering' }), // 5 unknown state
      Buffer.alloc(10 * 1024 * 1024, 'x'), // 6 10 MB
      Buffer.from(row(7, { number: 'INC0000007', category: 'Caf?' }).toString().replace('Caf?', 'Caf\u00e9'), 'latin1'), // 7 wrong encoding
      row(8, { number: 'INC0000002', incident_state: 'Active' }), // 8
      row(8, { number: 'INC0000002', incident_state: 'Active' }), // 9 the same again
      Buffer.from(row(10, { number: 'INC0000010', category: 'QUOTE' }).toString().replace('QUOTE', '"never closed')), // 10
      row(11, { number: 'INC0000011', priority: '9 - Odd' }), // 11
      row(12, { number: 'INC0000012', incident_state: 'Resolved' }) // 12
    ]
    const file = here.file('broken.csv', Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\r\n')])))
    const report = join(here.folder, 'broken.txt')
    const run = await runImport(['servicenow', file, '--report', report], { RINGDOWN_DATA })

    expect(run).toMatchObject({ code: 2, totals: { cases: 2, unchanged: 0, rejected: 7 } })
    const rejected = [
      expect.stringMatching(/^line 3 rejected: the line has \d+ columns; the header has 36$/),
      'line 4 rejected: sys_updated_at is not a date that exists: "31-02-2016 10:00"',
      'line 5 rejected: incident_state is not a state this import knows: "Pondering"',
      'line 6 rejected: the line is 10485761 bytes long; at most 65536 are read',
      'line 7 rejected: the line is not valid UTF-8',
      'line 10 rejected: a quote is opened and never closed',
      'line 11 rejected: priority is not one of 1 to 5: "9 - Odd"'
    ] as unknown[]
    expect(run.stderr.split('\n').filter((line) => line.startsWith('line '))).toEqual(rejected)
    const written = readFileSync(report, 'utf8').trim().split('\n')
    expect(written.slice(1, -1)).toEqual([...rejected, 'line 9 noted: repeats line 8; nothing to add'])
    expect(JSON.parse(written.at(-1) ?? '')).toEqual(run.totals)
    const cases = await casesOf(RINGDOWN_DATA)
    expect(Object.fromEntries(cases.map(({ state }) => [state.source?.number, state.status]))).toEqual({
      INC0000002: 'inProgress',
      INC0000012: 'resolved'
    })
  })

  it('continues cases from a longer export, and keeps lines that come too late as notes', async () => {
    const RINGDOWN_DATA = join(here.folder, 'longer')
    const header = `${COLUMNS.join(',')}\n`
    const row = (line: number, cells: Record<string, string>) => {
      const all = ordinaryCells(line, cells)
      return `${COLUMNS.map((column) => all[column] ?? '').join(',')}\n`
    }
    const opened = row(2, {})
    const active = row(3, { incident_state: 'Active', sys_updated_by: 'Updated by 5' })
    const waiting = row(4, { incident_state: 'Awaiting Vendor' })
    const resolved = row(5, { incident_state: 'Resolved' })
    const load = (content: string) => runImport(['servicenow', here.file('longer.csv', header + content)], { RINGDOWN_DATA })

    expect((await load(opened + waiting)).totals).toMatchObject({ cases: 1, unchanged: 0 })
    expect((await load(waiting + resolved)).totals).toMatchObject({ cases: 1, unchanged: 0 })
    const late = await load(opened + active + waiting + resolved)
    expect(late).toMatchObject({ code: 0, totals: { cases: 1, events: 1, unchanged: 0, rejected: 0 } })
    expect((await load(opened + active + waiting + resolved)).totals).toEqual({ cases: 0, events: 0, unchanged: 1, rejected: 0 })

    const [kept] = await casesOf(RINGDOWN_DATA)
    expect(kept?.state).toMatchObject({ status: 'resolved', source: { number: 'INC0000001' } })
    const note = kept?.facts.find(({ fact }) => fact.type === 'noteAdded')
    expect(note).toMatchObject({ occurredAt: Date.UTC(2016, 2, 1, 9, 3), actorId: names.actor('Updated by 5') })
    expect(note?.fact).toMatchObject({ text: expect.stringContaining('incident_state: New → Active') as unknown })
  })

  it('refuses what is no export with a sentence, and imports nothing', async () => {
    const RINGDOWN_DATA = join(here.folder, 'refused')
    const utf16 = here.file('utf16.csv', Buffer.from(`\ufeff${readFileSync(EXPORT_FILE, 'utf8').slice(0, 5_000)}`, 'utf16le'))
    expect(await runImport(['servicenow', utf16], { RINGDOWN_DATA })).toMatchObject({
      code: 1,
      totals: null,
      stderr: expect.stringContaining('UTF-16') as unknown
    })
    const missing = await runImport(['servicenow', join(here.folder, 'nothing.csv')], { RINGDOWN_DATA })
    expect(missing).toMatchObject({ code: 1, totals: null, stderr: expect.stringContaining('cannot be read') as unknown })
    expect(await runImport(['jira', utf16], { RINGDOWN_DATA })).toMatchObject({ code: 1, totals: null })
  })
})

/** How many cases there are in the moment in which the first ones are there: the database tells of every commit. */
async function firstCases(folder: string, running: () => boolean): Promise<number> {
  while (running()) {
    const url = runningServer(folder)?.databaseUrl
    if (url) {
      const client = new Client({ connectionString: url })
      client.on('error', () => undefined)
      await client.connect()
      const { promise: committed, resolve: found } = Promise.withResolvers<number>()
      const look = async () => {
        const { rows } = await client.query<{ count: string }>(`select count(*) from log_entry where kind = 'case'`)
        if (Number(rows[0]?.count) > 0) found(Number(rows[0]?.count))
      }
      // Once the import is killed its database goes too, and with it the questions under way.
      client.on('notification', () => void look().catch(() => undefined))
      await client.query('listen desk_log')
      const count = await committed
      void client.end().catch(() => undefined)
      return count
    }
    await wait(5)
  }
  return 0
}
