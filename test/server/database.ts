import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Pool } from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '#server/db/database.ts'

export type TestDatabase = {
  readonly url: string
  readonly pool: Pool
  /** Another database with the same content: a backup, restored. This one's connections are closed meanwhile. */
  readonly copy: () => Promise<TestDatabase>
  readonly drop: () => Promise<void>
}

const TEMPLATE = 'template_desk'

/** A database of its own on the run's cluster: an empty migrated desk, or a copy of another one. */
export async function freshDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const name = `desk_${randomUUID().replaceAll('-', '')}`
  const url = new URL(inject('clusterUrl'))
  await administer(`create database ${name} template ${template}`)
  url.pathname = `/${name}`
  let pool = await connect(url.href)
  // Made new, not restored: its numbering has nothing to jump over.
  if (template === TEMPLATE) await pool.query('update number_space set process_identity = store_identity(), lineage = store_lineage()')
  return {
    url: url.href,
    get pool() {
      return pool
    },
    copy: async () => {
      await pool.end()
      const made = await freshDatabase(name)
      pool = await connect(url.href)
      return made
    },
    drop: async () => {
      await pool.end()
      await administer(`drop database ${name} with (force)`)
    }
  }
}

function connect(url: string): Promise<Pool> {
  return openDatabase(url, { connections: 24, onLost: () => undefined })
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('clusterUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
