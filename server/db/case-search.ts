import type { Pool } from 'pg'
import { parseCaseNumber } from '#shared/domain/case/case-number.ts'
import type { RecordImage, StateOf } from '#shared/domain/record.ts'
import type { CaseSearch } from '../desk-store.ts'

/** Cases by number, provisional number, number in the system they came from, or words of the subject; newest first, one more than asked for when there are more. */
export async function searchCases(pool: Pool, { text, limit, hiddenQueueIds }: CaseSearch): Promise<readonly RecordImage<'case'>[]> {
  const spoken = parseCaseNumber(text)
  const number = spoken.kind === 'final' || spoken.kind === 'provisional' ? spoken.number : null
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0)
  const { rows } = await pool.query<{ id: string; version: number; state: StateOf['case'] }>(
    `select id, version, state from case_record
     where state is not null and queue_id <> all ($1::uuid[])
       and (number = $2 or aliases @> array[$2] or upper(source_number) = upper($3)
         or to_tsvector('simple', subject) @@ to_tsquery('simple', $4))
     order by number = $2 desc nulls last, changed_at desc, id limit $5`,
    [hiddenQueueIds, number, text, words.map((word) => `'${word}':*`).join(' & '), limit + 1]
  )
  return rows.map(({ id, version, state }) => ({ kind: 'case', id, version, state }))
}
