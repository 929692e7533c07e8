import { Kysely, PostgresDialect } from 'kysely'
import type { Generated } from 'kysely'
import type { Pool } from 'pg'

/** The tables that are read and written row by row; the log and its records go through pg-desk-store. */
export type Tables = {
  desk: { id: string; name: string; created_at: number }
  account: {
    person_id: string
    name: string
    password_hash: string
    sample_password: string | null
    created_at: number
  }
  refresh_token: {
    token_hash: Buffer
    family: string
    person_id: string
    issued_at: number
    expires_at: number
    spent_at: number | null
    successor_hash: Buffer | null
  }
  secret: { name: string; value: string }
  audit: { id: Generated<number>; at: number; actor_id: string | null; action: string; detail: unknown; hash: Buffer }
}

export type Db = Kysely<Tables>

export function tablesOf(pool: Pool): Db {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
