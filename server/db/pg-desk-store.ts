import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage, RecordKind, RecordRef, StateOf } from '#shared/domain/record.ts'
import { TemporaryFault } from '../desk-store.ts'
import type {
  Appended,
  Batch,
  ConsoleKey,
  ConsoleStanding,
  DeskStore,
  DeskTransaction,
  DirectoryImages,
  LogSlice,
  NumberQuestion,
  OthersQuestion,
  OvertakingEntry,
  StoredAnswer,
  StoredNumber,
  StoredTimeline,
  Wanted
} from '../desk-store.ts'
import { batchJson, unlessEmpty } from './batch-json.ts'
import { searchCases } from './case-search.ts'
import { quoted } from './quoted.ts'
import { guarded } from './fault.ts'
import { groupedLeases } from './grouped-leases.ts'
import { grantNumbers } from './number-space.ts'
import { countSnapshot, snapshotPage } from './snapshot-pages.ts'

/** The desk's store on PostgreSQL. The only way in for commands is a transaction that ends with the log's append. */
export function pgDeskStore(pool: Pool, onGrowth: DeskStore['onGrowth']): DeskStore {
  const leases = groupedLeases(pool, giveUp)
  return {
    begin: (wanted) => guarded(() => begin(pool, wanted)),
    readLog: (after, limit) => guarded(() => readLog(pool, after, limit)),
    readDirectory: () => guarded(() => readDirectory(pool)),
    openConsole: (key, appVersion, now) => guarded(() => openConsole(pool, key, appVersion, now)),
    noteContacts: (contacts) => guarded(() => noteContacts(pool, contacts)),
    leaseNumbers: (consoleId, count, grant) => guarded(() => leases(consoleId, count, grant)),
    readTimelines: (caseIds) => guarded(() => readTimelines(pool, caseIds)),
    searchCases: (search) => guarded(() => searchCases(pool, search)),
    countSnapshot: (view) => guarded(() => countSnapshot(pool, view)),
    snapshotPage: (view, phase, after, limit) => guarded(() => snapshotPage(pool, view, phase, after, limit)),
    onGrowth
  }
}

const NOTHING = 'select 1 where false'

/** One round trip: begin, register, lock, and read under the locks. */
async function begin(pool: Pool, wanted: Wanted): Promise<DeskTransaction> {
  const client = await pool.connect()
  try {
    const [, , result] = await several(client, [
      'begin',
      `set local lock_timeout = '8s'`,
      `select open_batch(${quoted(wantedJson(wanted))}::jsonb) as opened`
    ])
    const opened = rowsOf<{ opened: Opened }>(result)[0]?.opened
    if (!opened) throw new Error('a transaction began with nothing')
    const answered = new Map(opened.answers.map((answer) => [answer.commandId, answer]))
    return transaction(client, { ...opened, answered })
  } catch (error) {
    await giveUp(client)
    throw error
  }
}

type Opened = Pick<DeskTransaction, 'consoles' | 'directoryRevision' | 'records'> & { readonly answers: readonly StoredAnswer[] }

/** As `open_batch` reads it; what is left out costs the database nothing. */
function wantedJson({ consoles, commandIds, directory, lock = [], read = [] }: Wanted): string {
  const cases = (refs: readonly RecordRef[]) => unlessEmpty(refs.filter(({ kind }) => kind === 'case').map(({ id }) => id))
  const others = (refs: readonly RecordRef[]) => unlessEmpty(refs.filter(({ kind }) => kind !== 'case'))
  return JSON.stringify({
    directory,
    consoles: unlessEmpty(consoles),
    commandIds: unlessEmpty(commandIds),
    lockCases: cases(lock),
    lockOthers: others(lock),
    readCases: cases(read),
    readOthers: others(read)
  })
}

function transaction(
  client: PoolClient,
  found: Pick<DeskTransaction, 'consoles' | 'answered' | 'directoryRevision' | 'records'>
): DeskTransaction {
  let over = false
  const finish = () => {
    over = true
    client.release()
  }
  return {
    consoles: found.consoles,
    answered: found.answered,
    directoryRevision: found.directoryRevision,
    records: found.records,
    lockRecords: (refs) => guarded(() => readRecords(client, refs, true)),
    readRecords: (refs) => guarded(() => readRecords(client, refs, false)),
    numberStandings: (asked) => guarded(() => numberStandings(client, asked)),
    takeNumbers: (consoleId, count, grant) =>
      guarded(async () =>
        (await grantNumbers(client, consoleId, count, grant)).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, index) => from + index)
        )
      ),
    loggedCommands: (commandIds) => guarded(() => loggedCommands(client, commandIds)),
    openCaseCounts: (refs) => guarded(() => openCaseCounts(client, refs)),
    newestByOthers: (asked) => guarded(() => newestByOthers(client, asked)),
    appendAndCommit: (batch) =>
      guarded(async () => {
        const appended = await appendAndCommit(client, batch)
        finish()
        return appended
      }),
    rollback: async () => {
      if (over) return
      over = true
      await giveUp(client)
    }
  }
}

/** The append and the commit leave together: nothing waits on this process while the log's lock is held. */
async function appendAndCommit(client: PoolClient, batch: Batch): Promise<Appended> {
  const [appended, committed] = await several(client, [
    `select epoch, base from append_batch(${quoted(batchJson(batch))}::jsonb)`,
    'commit'
  ])
  const row = rowsOf<{ epoch: number; base: number }>(appended)[0]
  if (!row || committed?.command !== 'COMMIT') throw new TemporaryFault('the transaction was not committed', { conflict: true })
  return row
}

async function readRecords(client: PoolClient, refs: readonly RecordRef[], lock: boolean): Promise<readonly RecordImage[]> {
  const results = await several(client, recordStatements(refs, lock))
  return results.flatMap((result) => rowsOf<ImageRow>(result).map(imageOf))
}

/** Two statements: cases, then all others, each in key order. */
function recordStatements(refs: readonly RecordRef[], lock: boolean): readonly string[] {
  const cases = refs.filter(({ kind }) => kind === 'case').map(({ id }) => `${quoted(id)}::uuid`)
  const others = refs.filter(({ kind }) => kind !== 'case').map(({ kind, id }) => `(${quoted(kind)}, ${quoted(id)})`)
  const ending = lock ? 'for update' : ''
  return [
    cases.length > 0
      ? `select 'case' as kind, id, version, state from case_record where id in (${cases.join(', ')}) order by id ${ending}`
      : NOTHING,
    others.length > 0
      ? `select kind, id, version, state from directory_record where (kind, id) in (values ${others.join(', ')}) order by kind, id ${ending}`
      : NOTHING
  ]
}

async function numberStandings(client: PoolClient, asked: readonly NumberQuestion[]): Promise<readonly StoredNumber[]> {
  if (asked.length === 0) return []
  const { rows } = await client.query<{ number: string; taken: boolean; leased: boolean; console_id: string | null }>(
    `select asked.number, exists (select from case_record c where c.number = asked.number) as taken, lease.first_number is not null as leased, lease.console_id
     from unnest($1::text[], $2::bigint[]) as asked (number, serial)
     left join lateral (select l.first_number, l.last_number, l.console_id from number_lease l where l.first_number <= asked.serial
       order by l.first_number desc limit 1) lease on lease.last_number >= asked.serial`,
    [asked.map(({ number }) => number), asked.map(({ serial }) => serial)]
  )
  return rows.map((row) => ({
    number: row.number,
    taken: row.taken,
    lease: row.leased ? (row.console_id === null ? 'lost' : { consoleId: row.console_id }) : null
  }))
}

async function loggedCommands(client: PoolClient, commandIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ command_id: string }>('select command_id from log_entry where command_id = any ($1::uuid[])', [
    commandIds
  ])
  return new Set(rows.map((row) => row.command_id))
}

async function openCaseCounts(client: PoolClient, refs: readonly RecordRef[]): Promise<readonly number[]> {
  const { rows } = await client.query<{ count: number }>(
    `select (select count(*) from case_record c where c.state is not null and c.status in ('new', 'inProgress', 'waiting') and case asked.kind
         when 'customer' then c.customer_id = asked.id when 'queue' then c.queue_id = asked.id when 'person' then c.assignee_id = asked.id end) as count
     from unnest($1::text[], $2::uuid[]) with ordinality as asked (kind, id, position) order by asked.position`,
    [refs.map(({ kind }) => kind), refs.map(({ id }) => id)]
  )
  return rows.map(({ count }) => count)
}

async function newestByOthers(client: PoolClient, asked: readonly OthersQuestion[]): Promise<readonly (OvertakingEntry | null)[]> {
  if (asked.length === 0) return []
  const { rows } = await client.query<{ actor_id: string | null; facts: readonly LoggedFact[] | null }>(
    `select entry.actor_id, entry.facts
     from unnest($1::text[], $2::text[], $3::bigint[], $4::uuid[]) with ordinality as asked (kind, id, after, console, position)
     left join lateral (select l.actor_id, l.facts from log_entry l where l.kind = asked.kind and l.record_id = asked.id and l.revision > asked.after
       and l.console_id is distinct from asked.console order by l.version desc limit 1) entry on true
     order by asked.position`,
    [
      asked.map(({ ref }) => ref.kind),
      asked.map(({ ref }) => ref.id),
      asked.map(({ after }) => after),
      asked.map(({ consoleId }) => consoleId)
    ]
  )
  return rows.map(({ actor_id: actorId, facts }) => (actorId === null || facts === null ? null : { actorId, facts }))
}

/** One statement, so that entries, head and epochs belong to one instant. */
async function readLog(pool: Pool, after: number, limit: number): Promise<LogSlice> {
  const { rows } = await pool.query<LogRow>({
    name: 'read-log',
    text: `with slice as (
        select revision, kind, record_id, version, facts, image, actor_id, command_id, console_id, recorded_at,
          octet_length(facts::text) + coalesce(octet_length(image::text), 0) as bytes
        from log_entry where revision > $1 order by revision limit $2)
      select (select coalesce(max(revision), 0) from log_entry) as head, desk.pruned_through,
        (select coalesce(json_agg(json_build_object('epoch', epoch, 'startRevision', start_revision) order by epoch), '[]') from epoch) as epochs, slice.*
      from desk left join slice on true order by slice.revision`,
    values: [after, limit]
  })
  const first = rows[0]
  if (!first) throw new Error('the desk row is missing')
  return {
    head: first.head,
    prunedThrough: first.pruned_through,
    epochs: first.epochs,
    entries: rows.flatMap((row) =>
      row.revision === null
        ? []
        : [
            {
              revision: row.revision,
              kind: row.kind,
              id: row.record_id,
              version: row.version,
              facts: row.facts,
              image:
                row.image === null ? null : imageOf({ kind: row.kind, id: row.record_id, version: row.version, state: row.image.state }),
              actorId: row.actor_id,
              commandId: row.command_id,
              consoleId: row.console_id,
              recordedAt: row.recorded_at,
              bytes: row.bytes
            }
          ]
    )
  }
}

async function readDirectory(pool: Pool): Promise<DirectoryImages> {
  const { rows } = await pool.query<{ revision: number } & ImageRow>(
    `select desk.directory_revision as revision, d.kind, d.id, d.version, d.state
     from desk left join directory_record d on d.kind in ('person', 'queue', 'policy') order by d.kind, d.id`
  )
  return {
    revision: rows[0]?.revision ?? 0,
    images: rows.filter((row) => row.kind !== null).map((row) => imageOf(row) as DirectoryImages['images'][number])
  }
}

async function openConsole(pool: Pool, { consoleId, personId }: ConsoleKey, appVersion: string, now: Instant): Promise<ConsoleStanding> {
  const known = await pool.query<ConsoleRow>({
    name: 'console',
    text: 'select id, person_id, last_sequence, last_contact_at from console where id = $1 and person_id = $2 and app_version = $3',
    values: [consoleId, personId, appVersion]
  })
  if (known.rows[0]) return standingOf(known.rows[0])
  const { rows } = await pool.query<ConsoleRow>(
    `insert into console (id, person_id, app_version, first_seen_at) values ($1, $2, $3, $4)
     on conflict (id, person_id) do update set app_version = excluded.app_version returning id, person_id, last_sequence, last_contact_at`,
    [consoleId, personId, appVersion, now]
  )
  if (!rows[0]) throw new Error(`console ${consoleId} of ${personId} was not kept`)
  return standingOf(rows[0])
}

async function noteContacts(pool: Pool, contacts: Parameters<DeskStore['noteContacts']>[0]): Promise<void> {
  const sorted = contacts.toSorted((a, b) => byKey(a.key, b.key))
  await pool.query(
    `with noted as (
       update console c set last_contact_at = greatest(c.last_contact_at, n.at)
       from (select c.id, c.person_id, n.at from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as n (id, person, at)
         join console c on c.id = n.id and c.person_id = n.person order by c.id, c.person_id for update of c) n
       where c.id = n.id and c.person_id = n.person_id)
     update number_space set alive_at = greatest(alive_at, (select max(at) from unnest($3::bigint[]) as t (at))) where process_identity = store_identity()`,
    [sorted.map(({ key }) => key.consoleId), sorted.map(({ key }) => key.personId), sorted.map(({ at }) => at)]
  )
}

async function readTimelines(pool: Pool, caseIds: readonly string[]): Promise<readonly StoredTimeline[]> {
  const { rows } = await pool.query<{ id: string; version: number; state: StateOf['case']; entries: StoredTimeline['entries'] }>(
    `select c.id, c.version, c.state, (select json_agg(json_build_object('revision', l.revision, 'version', l.version, 'facts', l.facts) order by l.version)
       from log_entry l where l.kind = 'case' and l.record_id = c.id::text and l.version <= c.version) as entries
     from case_record c where c.id = any ($1::uuid[]) and c.state is not null`,
    [caseIds]
  )
  return rows.map((row) => ({
    caseId: row.id,
    image: { kind: 'case', id: row.id, version: row.version, state: row.state },
    entries: row.entries
  }))
}

type ConsoleRow = {
  readonly id: string
  readonly person_id: string
  readonly last_sequence: number
  readonly last_contact_at: Instant | null
}
type ImageRow = { readonly kind: RecordKind; readonly id: string; readonly version: number; readonly state: unknown }
type LogRow = {
  readonly head: number
  readonly pruned_through: number
  readonly epochs: LogSlice['epochs']
  readonly revision: number | null
  readonly kind: RecordKind
  readonly record_id: string
  readonly version: number
  readonly facts: readonly LoggedFact[]
  /** Wrapped, because a removed record's image is not the same as a pruned one. */
  readonly image: { readonly state: unknown } | null
  readonly actor_id: string
  readonly command_id: string | null
  readonly console_id: string | null
  readonly recorded_at: Instant
  readonly bytes: number
}

function standingOf(row: ConsoleRow): ConsoleStanding {
  return { consoleId: row.id, personId: row.person_id, lastSequence: row.last_sequence, lastContactAt: row.last_contact_at }
}

/** Rows are written by this server's own fold, so their state has the shape their kind says. */
function imageOf({ kind, id, version, state }: ImageRow): RecordImage {
  return { kind, id, version, state } as RecordImage
}

function byKey(a: ConsoleKey, b: ConsoleKey): number {
  const [left, right] = [a.consoleId + a.personId, b.consoleId + b.personId]
  return left === right ? 0 : left < right ? -1 : 1
}

/** Statements sent as one message; each is planned and sees the world anew. */
async function several(client: PoolClient, statements: readonly string[]): Promise<readonly QueryResult[]> {
  const results: unknown = await client.query(statements.join(';\n'))
  return Array.isArray(results) ? (results as QueryResult[]) : [results as QueryResult]
}

function rowsOf<R extends QueryResultRow>(result: QueryResult | undefined): readonly R[] {
  return (result?.rows ?? []) as R[]
}

/** Ends a transaction that must not stand; a connection that cannot even do that is thrown away. */
async function giveUp(client: PoolClient): Promise<void> {
  try {
    await client.query('rollback')
    client.release()
  } catch {
    client.release(true)
  }
}
