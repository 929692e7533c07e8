import { sql } from 'kysely'
import type { Db } from './tables.ts'

export type Issued = {
  readonly hash: Buffer
  readonly family: string
  readonly personId: string
  readonly issuedAt: number
  readonly expiresAt: number
}

export type Exchange =
  | { readonly outcome: 'exchanged'; readonly family: string; readonly personId: string }
  | { readonly outcome: 'unknown' }
  /** A spent token came back although its successor was used: one of the two was stolen. The family is gone. */
  | { readonly outcome: 'reused'; readonly family: string; readonly personId: string }

/** A lost answer is asked for again within this time, or never. */
const REPEAT_WITHIN = 120_000

export async function keepToken(db: Db, token: Issued): Promise<void> {
  await db.insertInto('refresh_token').values(rowOf(token)).execute()
}

/** Exchanges a token for its successor. The same token may be exchanged again shortly after, while the successor is unused. */
export async function exchangeToken(
  db: Db,
  hash: Buffer,
  successor: { readonly hash: Buffer; readonly expiresAt: number },
  now: number
): Promise<Exchange> {
  return db.transaction().execute(async (tx): Promise<Exchange> => {
    const found = await tx
      .selectFrom('refresh_token')
      .selectAll()
      .where('token_hash', '=', hash)
      .where('expires_at', '>', now)
      .forUpdate()
      .executeTakeFirst()
    if (!found) return { outcome: 'unknown' }
    const { family, person_id: personId } = found
    if (found.spent_at !== null) {
      const unused =
        found.successor_hash && now - found.spent_at < REPEAT_WITHIN
          ? await tx
              .deleteFrom('refresh_token')
              .where('token_hash', '=', found.successor_hash)
              .where('spent_at', 'is', null)
              .executeTakeFirst()
          : null
      if (!unused || unused.numDeletedRows === 0n) {
        await tx.deleteFrom('refresh_token').where('family', '=', family).execute()
        return { outcome: 'reused', family, personId }
      }
    }
    await tx
      .updateTable('refresh_token')
      .set({ spent_at: found.spent_at ?? now, successor_hash: successor.hash })
      .where('token_hash', '=', hash)
      .execute()
    await tx
      .insertInto('refresh_token')
      .values(rowOf({ ...successor, family, personId, issuedAt: now }))
      .execute()
    return { outcome: 'exchanged', family, personId }
  })
}

/** Whose sign-in a token belongs to, spent or not. */
export async function holderOf(
  db: Db,
  hash: Buffer,
  now: number
): Promise<{ readonly family: string; readonly personId: string } | undefined> {
  return db
    .selectFrom('refresh_token')
    .select(['family', 'person_id as personId'])
    .where('token_hash', '=', hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Ends every sign-in of a person, and tells the nodes. */
export async function endFamiliesOf(db: Db, personId: string): Promise<void> {
  const ended = await db.deleteFrom('refresh_token').where('person_id', '=', personId).returning('family').execute()
  for (const family of new Set(ended.map((row) => row.family))) await sql`select pg_notify('desk_session', ${family})`.execute(db)
}

/** Which of these sign-ins have not ended. */
export async function livingFamilies(db: Db, families: readonly string[], now: number): Promise<ReadonlySet<string>> {
  if (families.length === 0) return new Set()
  const rows = await db
    .selectFrom('refresh_token')
    .select('family')
    .distinct()
    .where('family', 'in', families)
    .where('expires_at', '>', now)
    .execute()
  return new Set(rows.map(({ family }) => family))
}

/** Ends one sign-in everywhere; whether it was still there. */
export async function endFamily(db: Db, family: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('refresh_token').where('family', '=', family).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function familyLives(db: Db, family: string, now: number): Promise<boolean> {
  return (
    (await db
      .selectFrom('refresh_token')
      .select('family')
      .where('family', '=', family)
      .where('expires_at', '>', now)
      .executeTakeFirst()) !== undefined
  )
}

export async function dropExpired(db: Db, now: number): Promise<void> {
  await db.deleteFrom('refresh_token').where('expires_at', '<=', now).execute()
}

function rowOf({ hash, family, personId, issuedAt, expiresAt }: Issued) {
  return { token_hash: hash, family, person_id: personId, issued_at: issuedAt, expires_at: expiresAt, spent_at: null, successor_hash: null }
}
