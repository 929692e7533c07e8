import { randomBytes } from 'node:crypto'
import type { Db } from './tables.ts'

/** A key of the desk, made by whichever node asks first. */
export async function deskKey(db: Db, name: string): Promise<Uint8Array> {
  await db
    .insertInto('secret')
    .values({ name, value: randomBytes(32).toString('base64') })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return Buffer.from(value, 'base64')
}
