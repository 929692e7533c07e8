import type { PoolClient } from 'pg'
import type { Instant } from '#shared/domain/instant.ts'
import type { NumberBlock, NumberGrant, NumberSpace } from '../desk-store.ts'

type Row = {
  readonly next: number
  readonly since: NumberSpace['since']
  readonly alive_at: Instant
  readonly busiest_day: number
  readonly today: number
  readonly today_started_at: Instant | null
}

/** Hands out numbers within the caller's transaction. The space's row lock makes grants one at a time over all nodes. */
export async function grantNumbers(
  client: PoolClient,
  consoleId: string,
  count: number,
  grant: NumberGrant
): Promise<readonly NumberBlock[]> {
  const { rows } = await client.query<Row>(
    `select next, case when process_identity = store_identity() then 'same' when lineage = store_lineage() then 'restarted' else 'restored' end as since, alive_at, busiest_day, today, today_started_at from number_space for update`
  )
  const row = rows[0]
  if (!row) throw new Error('the number space is missing')
  const { space, lost, blocks } = grant(
    {
      next: row.next,
      since: row.since,
      aliveAt: row.alive_at,
      busiestDay: row.busiest_day,
      today: row.today,
      todayStartedAt: row.today_started_at
    },
    count
  )
  const leases = [...(lost ? [{ ...lost, consoleId: null }] : []), ...blocks.map((block) => ({ ...block, consoleId }))]
  await client.query(
    `insert into number_lease (first_number, last_number, console_id) select * from unnest($1::bigint[], $2::bigint[], $3::uuid[])`,
    [leases.map(({ from }) => from), leases.map(({ to }) => to), leases.map((lease) => lease.consoleId)]
  )
  await client.query(
    `update number_space set next = $1, process_identity = store_identity(), lineage = store_lineage(), alive_at = $2, busiest_day = $3, today = $4, today_started_at = $5`,
    [space.next, space.aliveAt, space.busiestDay, space.today, space.todayStartedAt]
  )
  return blocks
}
