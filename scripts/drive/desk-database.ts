import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** Where the embedded database of this data folder listens now. */
export function embeddedDatabase(data: string): string {
  const password = readFileSync(join(data, 'postgres.password'), 'utf8').trim()
  const port =
    readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8')
      .split('\n')[3]
      ?.trim() ?? ''
  return `postgres://ringdown:${encodeURIComponent(password)}@127.0.0.1:${port}/ringdown`
}

export type Row = { readonly [column: string]: unknown }

/** Asks the desk's database itself, behind the server's back. */
export async function askDatabase<T>(
  url: string,
  ask: (query: (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>) => Promise<T>
): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await ask(async (text, values = []) => {
      const result = await client.query<Row>(text, [...values])
      return result.rows
    })
  } finally {
    await client.end()
  }
}
