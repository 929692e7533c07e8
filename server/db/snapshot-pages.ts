import type { Pool } from 'pg'
import { SNAPSHOT_PHASES } from '../desk-store.ts'
import type { SnapshotPage, SnapshotPhase, SnapshotView } from '../desk-store.ts'

const OPEN = `status in ('new', 'inProgress', 'waiting')`

/** How many records a snapshot of this view holds now. */
export async function countSnapshot(pool: Pool, view: SnapshotView): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select (select count(*) from case_record where state is not null and (${OPEN} or changed_at >= $1) and queue_id <> all ($2::uuid[]))
       + (select count(*) from directory_record where state is not null and (kind <> 'contact' or $3::boolean)) as count`,
    [view.changedSince, view.hiddenQueueIds, view.contacts]
  )
  return rows[0]?.count ?? 0
}

/**
 * The next records of a phase in key order. The database writes the JSON itself, so that nothing is parsed on the way. A record may
 * change between pages; whatever is missed or doubled by that lies in the log after the snapshot's cursor.
 */
export async function snapshotPage(
  pool: Pool,
  view: SnapshotView,
  phase: SnapshotPhase,
  after: string | null,
  limit: number
): Promise<SnapshotPage> {
  const page =
    phase === 'openCase' || phase === 'recentCase' ? casePage(view, phase, after, limit) : directoryPage(view, phase, after, limit)
  if (page === null) return { images: '', count: 0, last: null }
  const { rows } = await pool.query<{ images: string | null; count: number; last: string | null }>({
    name: `snapshot-${SNAPSHOT_PHASES.indexOf(phase)}`,
    text: `select string_agg(image, ',') as images, count(*) as count, max(id) as last from (${page.text}) as page`,
    values: [...page.values]
  })
  const row = rows[0]
  return { images: row?.images ?? '', count: row?.count ?? 0, last: row && row.count === limit ? row.last : null }
}

type Query = { readonly text: string; readonly values: readonly unknown[] }

function casePage(view: SnapshotView, phase: 'openCase' | 'recentCase', after: string | null, limit: number): Query {
  const which = phase === 'openCase' ? `${OPEN} and $2::bigint is not null` : `not ${OPEN} and changed_at >= $2`
  return {
    text: `select id::text as id, '{"kind":"case","id":"' || id || '","version":' || version || ',"state":' || state::text || '}' as image
      from case_record where id > $1::uuid and state is not null and ${which} and queue_id <> all ($3::uuid[]) order by case_record.id limit $4`,
    values: [after ?? '00000000-0000-0000-0000-000000000000', view.changedSince, view.hiddenQueueIds, limit]
  }
}

function directoryPage(
  view: SnapshotView,
  phase: Exclude<SnapshotPhase, 'openCase' | 'recentCase'>,
  after: string | null,
  limit: number
): Query | null {
  if (phase === 'contact' && !view.contacts) return null
  return {
    text: `select id, '{"kind":"' || kind || '","id":' || to_json(id) || ',"version":' || version || ',"state":' || state::text || '}' as image
      from directory_record where kind = $1 and id > $2 and state is not null order by id limit $3`,
    values: [phase, after ?? '', limit]
  }
}
