import { Client, Pool, types } from 'pg'
import { builtMigrations, migrate } from './migrate.ts'
import { StartProblem } from '../start-problem.ts'
import { isTemporary } from './fault.ts'
import { setTimeout as wait } from 'node:timers/promises'

const INT8 = 20
const STATEMENT_LIMIT = 60_000

/** 64-bit integers of this schema (revisions, instants, numbers) all fit a double. */
const numbers = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 ? Number : (types.getTypeParser as (oid: number, format?: string) => unknown)(oid, format)
}

/** Opens the pool and brings the schema forward. `onLost` hears of idle connections that broke; the pool makes new ones by itself. */
export async function openDatabase(
  url: string,
  options: { readonly connections: number; readonly onLost: (error: Error) => void }
): Promise<Pool> {
  await withClient(url, (client) => migrate(client, builtMigrations()))
  const pool = new Pool({
    connectionString: url,
    max: options.connections,
    // Less than a console waits for its answer.
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: STATEMENT_LIMIT,
    // A little longer, for a database that is gone without a word.
    query_timeout: STATEMENT_LIMIT + 5_000,
    keepAlive: true,
    application_name: 'ringdown',
    types: numbers as never
  })
  // One that breaks while it is in use tells the statement under way; unheard, the same word would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  // A database that stops right behind the pool may end connections before their own farewell has reached it.
  pool.on('error', (error) => {
    if (!pool.ending) options.onLost(error)
  })
  return pool
}

/** Work on a connection of its own, without the limits of everyday statements. A database server that is just starting gets half a minute. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connected(url)
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function connected(url: string): Promise<Client> {
  for (let attempt = 1; ; attempt++) {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      application_name: 'ringdown',
      types: numbers as never
    })
    // The statement under way fails with the same error.
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!isTemporary(error) || attempt === 15)
        throw new StartProblem(
          `The database cannot be reached: ${reason}. Check DATABASE_URL and that the server runs; nothing was changed.`
        )
      await wait(2_000)
    }
  }
}

/** The database's own clock in milliseconds since 1970. */
export async function databaseTime(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ now: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as now')
  const now = rows[0]?.now
  if (now === undefined) throw new Error('the database did not say what time it is')
  return now
}
