import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '#server/db/database.ts'

export type TestDatabase = { readonly url: string; readonly pool: Pool; readonly drop: () => Promise<void> }

/** A database of its own on the run's cluster: an empty migrated desk, or a copy of another one. */
export async function freshDatabase(template = 'template_desk'): Promise<TestDatabase> {
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  const url = new URL(inject('clusterUrl'))
  await administer(`create database ${name} template ${template}`)
  url.pathname = `/${name}`
  const pool = await openDatabase(url.href, { connections: 24, onLost: () => undefined })
  return {
    url: url.href,
    pool,
    drop: async () => {
      await pool.end()
      await administer(`drop database ${name} with (force)`)
    }
  }
}

export async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('clusterUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
