import type { Pool } from 'pg'

const AT_ONCE = 5_000

/**
 * Forgets the images of entries that came in before `before`, or that lie further back than `keep` revisions. The facts stay for ever;
 * a console whose cursor is older than that takes a snapshot. Returns how many were forgotten. One node at a time; short transactions.
 */
export async function pruneImages(pool: Pool, before: number, keep: number): Promise<number> {
  const client = await pool.connect()
  let pruned = 0
  try {
    const { rows: locks } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(7266012) as mine')
    if (!locks[0]?.mine) return 0
    try {
      for (let more = true; more;) {
        const { rowCount } = await client.query(
          `with next as (
             select revision, appended_at from log_entry where revision > (select pruned_through from desk) order by revision limit ${AT_ONCE}),
           old as (select revision from next where appended_at < $1 or revision <= (select max(revision) from log_entry) - $2::bigint),
           noted as (update desk set pruned_through = greatest(pruned_through, coalesce((select max(revision) from old), 0)))
           update log_entry set image = null where revision in (select revision from old)`,
          [before, keep]
        )
        pruned += rowCount ?? 0
        more = rowCount === AT_ONCE
      }
    } finally {
      await client.query('select pg_advisory_unlock(7266012)')
    }
  } finally {
    client.release()
  }
  return pruned
}
