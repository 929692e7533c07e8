import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { Queue } from '#shared/domain/directory/queue.ts'
import { maySee } from '#shared/domain/permission/scope.ts'
import { RecordKind, type StateOf } from '#shared/domain/record.ts'
import { until } from '#scripts/drive/until.ts'
import type { ConsoleHandle } from './console-handle.ts'
import type { Report } from './console-words.ts'
import { askDatabase, type Row } from '#scripts/drive/desk-database.ts'
import type { Ledger, Saved } from './ledger.ts'

const Stored = z.object({ kind: RecordKind, id: z.string(), version: z.number().int(), state: z.unknown() })
type Stored = z.infer<typeof Stored>

/**
 * After quiet: asks every console and the database, and returns one sentence for each thing that is not as promised. Empty means that nothing was lost,
 * nothing came twice, and all agree.
 */
export async function audit(consoles: readonly ConsoleHandle[], ledger: Ledger, databaseUrl: string): Promise<readonly string[]> {
  const records = await storedRecords(databaseUrl)
  const reports = new Map<string, Report>()
  for (const console_ of consoles) reports.set(console_.name, await console_.report())
  return [
    ...ledger.complaints(),
    ...(await logFindings(databaseUrl)),
    ...(await promiseFindings(databaseUrl, ledger.promises(), reports)),
    ...[...reports].flatMap(([name, report]) => boardFindings(name, report, records))
  ]
}

/** Waits until every console is live with nothing waiting and shows what the database holds; how it then differs is the audit's to say. */
export async function untilQuiet(consoles: readonly ConsoleHandle[], databaseUrl: string, seconds: number): Promise<void> {
  let unfinished = ''
  await until(
    'all consoles are live and have caught up',
    async () => {
      for (const console_ of consoles) {
        const { connection, pending } = await console_.standing()
        unfinished = `${console_.name}: ${connection}, ${pending} commands waiting`
        if (connection !== 'live' || pending !== 0) return false
      }
      const records = await storedRecords(databaseUrl)
      for (const console_ of consoles) {
        const findings = boardFindings(console_.name, await console_.report(), records)
        unfinished = findings[0] ?? ''
        if (findings.length > 0) return false
      }
      return true
    },
    { seconds, every: 250 }
  ).catch((error: unknown) => {
    throw new Error(`No quiet within ${seconds} s. ${unfinished}`, { cause: error })
  })
}

async function storedRecords(url: string): Promise<readonly Stored[]> {
  return askDatabase(url, async (query) => {
    const rows = [
      ...(await query(`select 'case' as kind, id::text, version, state from case_record where state is not null`)),
      ...(await query('select kind, id, version, state from directory_record where state is not null'))
    ]
    return rows.map((row) => Stored.parse(row))
  })
}

/** The log itself: revisions without a hole, per-console sequences without a hole, case numbers unique. */
async function logFindings(url: string): Promise<readonly string[]> {
  return askDatabase(url, async (query) => {
    const log = await query('select count(*)::int as entries, coalesce(max(revision), 0)::int as head from log_entry')
    const holes = await query(
      `select console_id, person_id, count(*)::int as answers, max(sequence)::int as last, count(distinct sequence)::int as sequences
       from command_answer group by console_id, person_id having count(*) <> max(sequence) or count(*) <> count(distinct sequence)`
    )
    const twice = await query(`select number from case_record group by number having count(*) > 1`)
    const shared = await query(
      `select a.first_number from number_lease a join number_lease b on a.first_number < b.first_number and b.first_number <= a.last_number`
    )
    return [
      ...log.flatMap((row) =>
        row['entries'] === row['head'] ? [] : [`the log has ${String(row['entries'])} entries but its head is ${String(row['head'])}`]
      ),
      ...holes.map(
        (row) =>
          `the sequences of console ${String(row['console_id'])} are not 1 to ${String(row['last'])}: ${String(row['answers'])} answers`
      ),
      ...twice.map((row) => `the number ${String(row['number'])} was given twice`),
      ...shared.map((row) => `the block of numbers from ${String(row['first_number'])} was leased to two consoles`)
    ]
  })
}

/** Every command a console showed as saved is answered exactly once; if accepted its text is in the log exactly once, if refused it lies whole in Needs attention. */
async function promiseFindings(url: string, promises: readonly Saved[], reports: ReadonlyMap<string, Report>): Promise<readonly string[]> {
  return askDatabase(url, async (query) => {
    const answers = byId(await query(`select command_id::text as id, body ->> 'outcome' as outcome, refused_command from command_answer`))
    const entries = countOf(
      await query('select command_id::text as id, count(*)::int as count from log_entry where command_id is not null group by command_id')
    )
    const tokens = countOf(
      await query(
        `select token[1] as id, count(*)::int as count from log_entry, regexp_matches(facts::text, 'token [0-9a-f-]{36}', 'g') as token group by token[1]`
      )
    )
    const numbers = byId(await query('select id::text as id, number, aliases from case_record'))
    return promises.flatMap((saved) => {
      const what = `${saved.type} ${saved.id} of ${saved.console}`
      const answer = answers.get(saved.id)
      if (!answer) return [`${what} was shown as saved and is lost`]
      const { outcome } = answer
      const told =
        saved.outcome !== null && saved.outcome !== outcome ? [`${what} was shown as ${saved.outcome} but is ${String(outcome)}`] : []
      if (outcome === 'refused') return [...told, ...refusedFindings(what, saved, answer, reports)]
      const times = entries.get(saved.id) ?? 0
      if (times > 1) return [...told, `${what} is in the log ${times} times`]
      const texts = saved.token === null ? 1 : (tokens.get(saved.token) ?? 0)
      const shown = numbers.get(saved.record.id)
      const kept = shown?.['number'] === saved.number || (Array.isArray(shown?.['aliases']) && shown['aliases'].includes(saved.number))
      return [
        ...told,
        ...(texts === 1 ? [] : [`the text of ${what} is in the log ${texts} times`]),
        ...(saved.number !== null && !kept ? [`${what} was shown as ${saved.number} but is ${String(shown?.['number'])}`] : [])
      ]
    })
  })
}

function refusedFindings(what: string, saved: Saved, answer: Row, reports: ReadonlyMap<string, Report>): readonly string[] {
  const waiting = reports.get(saved.console)?.attention.find((attention) => attention.id === saved.id)
  if (!waiting) return [`${what} was refused and is not in Needs attention`]
  const whole = saved.token === null || (waiting.command.includes(saved.token) && String(answer['refused_command']).includes(saved.token))
  return whole ? [] : [`${what} was refused and what was typed is not whole`]
}

/** A console shows exactly the records that its person may see, each as the database has it. */
function boardFindings(name: string, report: Report, records: readonly Stored[]): readonly string[] {
  const { me } = report
  if (!me) return [`nobody is signed in at ${name}`]
  const queues = new Map(records.flatMap((record) => (record.kind === 'queue' ? [[record.id, Queue.parse(record.state)] as const] : [])))
  const visible = records.filter((record) =>
    maySee(me, { kind: record.kind, state: record.state as StateOf[RecordKind] }, { queue: (id) => queues.get(id) })
  )
  const shown = new Map<string, Report['records'][number]>(
    report.records.flatMap((record) => (record.state ? [[`${record.kind}/${record.id}`, record]] : []))
  )
  const findings = visible.flatMap((record) => {
    const key = `${record.kind}/${record.id}`
    const found = shown.get(key)
    shown.delete(key)
    if (!found) return [`${name} does not show ${key}`]
    if (found.version !== record.version) return [`${name} shows version ${found.version} of ${key}, the database has ${record.version}`]
    return isDeepStrictEqual(found.state, record.state) ? [] : [`${name} shows ${key} otherwise than the database has it`]
  })
  return [...findings, ...[...shown.keys()].map((key) => `${name} shows ${key}, which is not there or not theirs to see`)]
}

function byId(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row['id']), row]))
}

function countOf(rows: readonly Row[]): ReadonlyMap<string, number> {
  return new Map(rows.map((row) => [String(row['id']), Number(row['count'])]))
}
