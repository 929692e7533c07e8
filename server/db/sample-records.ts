import { sql } from 'kysely'
import type { Pool } from 'pg'
import type { RecordRef } from '#shared/domain/record.ts'
import { RecordKind } from '#shared/domain/record.ts'
import type { Db } from './tables.ts'

/** A sample record that real work still names, and how many real records do. */
export type SampleInUse = RecordRef & { readonly name: string; readonly by: number }

/** Every sample record that is still there, cases first. */
export async function sampleRecords(pool: Pool): Promise<readonly RecordRef[]> {
  const { rows } = await pool.query<{ kind: string; id: string }>(
    `select 'case' as kind, id::text as id from case_record where state is not null and (state ->> 'sample')::boolean
     union all select kind, id from directory_record where state is not null and (state ->> 'sample')::boolean`
  )
  return rows.map(({ kind, id }) => ({ kind: RecordKind.parse(kind), id }))
}

/**
 * Sample records named by records that are not sample: by a case (its customer, contact, item, queue, owner, who opened or
 * acknowledged it, who did anything on it), by a contact or item (its customer), by a person (queues) or by a customer (security
 * contact). What such a record names in turn is in use too.
 */
export async function sampleInUse(pool: Pool): Promise<readonly SampleInUse[]> {
  const { rows } = await pool.query<{ kind: string; id: string; name: string; by: number }>(
    `with recursive naming (kind, id, by_kind, by_id, by_sample) as (
       select named.kind, named.id, 'case', c.id::text, c.sample
       from case_record c, lateral (values ('customer', c.customer_id::text), ('queue', c.queue_id::text), ('person', c.assignee_id::text),
         ('contact', c.state ->> 'contactId'), ('item', c.state ->> 'itemId'), ('person', c.state ->> 'openedBy'),
         ('person', c.state ->> 'acknowledgedBy')) as named (kind, id)
       where c.state is not null and named.id is not null
       union select 'person', l.actor_id, l.kind, l.record_id, false from log_entry l join case_record c on l.kind = 'case' and c.id = l.record_id::uuid
         where c.state is not null and not c.sample
       union select 'customer', d.state ->> 'customerId', d.kind, d.id, (d.state ->> 'sample')::boolean from directory_record d
         where d.kind in ('contact', 'item') and d.state is not null
       union select 'contact', d.state ->> 'securityContactId', d.kind, d.id, (d.state ->> 'sample')::boolean from directory_record d
         where d.kind = 'customer' and d.state ->> 'securityContactId' is not null
       union select 'queue', q.id, d.kind, d.id, (d.state ->> 'sample')::boolean from directory_record d,
         lateral jsonb_array_elements_text(d.state -> 'queueIds') as q (id) where d.kind = 'person' and d.state is not null
     ), used (kind, id, by_kind, by_id) as (
       select n.kind, n.id, n.by_kind, n.by_id from naming n where not n.by_sample
       union select n.kind, n.id, n.by_kind, n.by_id from naming n join used u on n.by_kind = u.kind and n.by_id = u.id
     )
     select d.kind, d.id, d.state ->> 'name' as name, count(distinct (u.by_kind, u.by_id)) as by
     from used u join directory_record d on d.kind = u.kind and d.id = u.id
     where d.state is not null and (d.state ->> 'sample')::boolean group by d.kind, d.id, d.state order by d.kind, name`
  )
  return rows.map(({ kind, id, name, by }) => ({ kind: RecordKind.parse(kind), id, name, by }))
}

/** Whether no customer was ever kept here, not even one that was removed since: a desk that nothing was done with. */
export async function neverHadCustomers(db: Db): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select exists (select from directory_record where kind = 'customer') as found`.execute(db)
  return rows[0]?.found === false
}
