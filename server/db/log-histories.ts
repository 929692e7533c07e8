import type { PoolClient } from 'pg'
import type { LoggedFact, RecordImage, RecordKind } from '#shared/domain/record.ts'

export type HistoryEntry = {
  readonly kind: RecordKind
  readonly id: string
  readonly version: number
  readonly facts: readonly LoggedFact[]
  /** What the log says the record was after it; undefined once pruned. */
  readonly state: unknown
}

type Row = {
  readonly kind: RecordKind
  readonly id: string
  readonly version: number
  readonly facts: readonly LoggedFact[]
  readonly image: { readonly state: unknown } | null
}

const AT_ONCE = 2_000

/** Every entry of the log, record by record, each record's entries in order. */
export async function* logByRecord(client: PoolClient): AsyncGenerator<HistoryEntry> {
  let after: readonly [string, string, number] = ['', '', 0]
  for (;;) {
    const { rows } = await client.query<Row>(
      `select kind, record_id as id, version, facts, image from log_entry where (kind, record_id, version) > ($1, $2, $3)
       order by kind, record_id, version limit ${AT_ONCE}`,
      [...after]
    )
    for (const { kind, id, version, facts, image } of rows)
      yield { kind, id, version, facts, state: image === null ? undefined : image.state }
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = [last.kind, last.id, last.version]
  }
}

/** Every record as its row holds it, in the same order of records. */
export async function* rowsByRecord(client: PoolClient): AsyncGenerator<RecordImage> {
  let after: readonly [string, string] = ['', '']
  for (;;) {
    const { rows } = await client.query<RecordImage>(
      `select kind, id, version, state from (
         (select 'case' as kind, id::text, version, state from case_record where $1 <= 'case' and id > (case when $1 = 'case' then $2 else '00000000-0000-0000-0000-000000000000' end)::uuid
          order by case_record.id limit ${AT_ONCE})
         union all
         (select kind, id, version, state from directory_record where (kind, id) > ($1, $2) order by kind, id limit ${AT_ONCE})) as r
       order by kind, id limit ${AT_ONCE}`,
      [...after]
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = [last.kind, last.id]
  }
}

/** Cases whose columns, kept for queries, do not say what their state says. */
export async function crookedCases(client: PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id from case_record where state is not null and (number, status, severity::text, queue_id::text, customer_id::text, coalesce(assignee_id::text, ''), subject,
         coalesce(source_number, ''), opened_at::text, changed_at::text, sample::text, to_jsonb(aliases))
       is distinct from (state ->> 'number', state ->> 'status', state ->> 'severity', state ->> 'queueId', state ->> 'customerId', coalesce(state ->> 'assigneeId', ''), state ->> 'subject',
         coalesce(state -> 'source' ->> 'number', ''), state ->> 'openedAt', state ->> 'changedAt', state ->> 'sample', state -> 'aliases')`
  )
  return rows.map(({ id }) => id)
}
