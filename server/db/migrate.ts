import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { StartProblem } from '../start-problem.ts'

export type Migration = { readonly number: number; readonly name: string; readonly sql: string; readonly checksum: string }

/** The migrations of this build, in order. The folder lies beside this file, and beside the bundle in a built server. */
export function builtMigrations(
  folder = process.env['RINGDOWN_MIGRATIONS'] ?? fileURLToPath(new URL('./migrations', import.meta.url))
): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  return names.map((name, index) => {
    const number = Number(name.slice(0, 4))
    if (number !== index + 1) throw new Error(`migration ${name} should be number ${index + 1}`)
    const sql = readFileSync(join(folder, name), 'utf8')
    return { number, name, sql, checksum: createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex') }
  })
}

/**
 * Brings a database forward to this build, one migration a transaction, whichever node comes first. Refuses by name a database
 * from the future, one that misses a migration and one whose migrations differ from this build's.
 */
export async function migrate(client: Client, migrations: readonly Migration[]): Promise<void> {
  await client.query('select pg_advisory_lock(7266001)')
  try {
    await client.query(
      'create table if not exists migration (number integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())'
    )
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from migration order by number'
    )
    for (const [index, row] of rows.entries()) {
      const built = migrations[index]
      if (row.number !== index + 1)
        throw new StartProblem(`The database misses migration ${index + 1} before ${row.name}. Nothing was changed; restore a backup.`)
      if (!built)
        throw new StartProblem(
          `The database was already brought forward by a newer version (${row.name}). Nothing was changed; start that version or a later one.`
        )
      if (built.checksum !== row.checksum)
        throw new StartProblem(
          `Migration ${row.name} of the database is not the one this version carries (${built.name}). Nothing was changed.`
        )
    }
    for (const migration of migrations.slice(rows.length)) {
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [
          migration.number,
          migration.name,
          migration.checksum
        ])
        await client.query('commit')
      } catch (cause) {
        await client.query('rollback')
        throw new Error(`migration ${migration.name} failed and was undone`, { cause })
      }
    }
  } finally {
    await client.query('select pg_advisory_unlock(7266001)')
  }
}
