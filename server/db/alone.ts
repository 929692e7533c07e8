import type { Pool } from 'pg'

/** Runs `work` while no other node runs work of the same lock: nodes that start at the same moment take turns. */
export async function alone<T>(pool: Pool, lock: number, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    return await work()
  } finally {
    // Closing the connection gives the lock back, however the work ended.
    client.release(true)
  }
}
