import type { Db } from './tables.ts'

export type Account = {
  readonly personId: string
  readonly name: string
  readonly passwordHash: string
  readonly samplePassword: string | null
}

const COLUMNS = ['person_id as personId', 'name', 'password_hash as passwordHash', 'sample_password as samplePassword'] as const

export async function accountNamed(db: Db, name: string): Promise<Account | undefined> {
  return db
    .selectFrom('account')
    .select(COLUMNS)
    .where((where) => where.eb(where.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
}

export async function accounts(db: Db): Promise<readonly Account[]> {
  return db.selectFrom('account').select(COLUMNS).orderBy('name').execute()
}

/** Adds a person's account or gives it another name and password. */
export async function keepAccount(db: Db, account: Account, now: number): Promise<void> {
  const row = { name: account.name, password_hash: account.passwordHash, sample_password: account.samplePassword }
  await db
    .insertInto('account')
    .values({ ...row, person_id: account.personId, created_at: now })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

export async function dropAccounts(db: Db, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await db.deleteFrom('account').where('person_id', 'in', personIds).execute()
  await db.deleteFrom('refresh_token').where('person_id', 'in', personIds).execute()
}
