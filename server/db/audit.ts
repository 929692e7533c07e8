import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from './tables.ts'

export type AuditLine = {
  readonly at: number
  readonly actorId: string | null
  readonly action: string
  readonly detail: { readonly [name: string]: unknown }
}

/** Adds a line to the audit trail. Each line's hash covers the one before it, so a line changed or taken out later shows. */
export async function keepAudit(db: Db, line: AuditLine): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(7266011)`.execute(tx)
    const before = await tx.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst()
    const detail = JSON.parse(JSON.stringify(line.detail)) as AuditLine['detail']
    await tx
      .insertInto('audit')
      .values({
        at: line.at,
        actor_id: line.actorId,
        action: line.action,
        detail: JSON.stringify(detail),
        hash: lineHash({ ...line, detail }, before?.hash ?? null)
      })
      .execute()
  })
}

/** The first line whose hash does not follow from what it says and the line before, or null when the whole trail holds. */
export async function firstBrokenAudit(db: Db): Promise<number | null> {
  let before: Buffer | null = null
  const lines = await db.selectFrom('audit').selectAll().orderBy('id').execute()
  for (const { id, at, actor_id: actorId, action, detail, hash } of lines) {
    if (!lineHash({ at, actorId, action, detail: detail as AuditLine['detail'] }, before).equals(hash)) return id
    before = hash
  }
  return null
}

function lineHash({ at, actorId, action, detail }: AuditLine, before: Buffer | null): Buffer {
  const hash = createHash('sha256')
  if (before) hash.update(before)
  return hash.update(JSON.stringify([at, actorId, action, sorted(detail)])).digest()
}

/** jsonb does not keep the order of names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)])
  )
}
