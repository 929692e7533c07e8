import { withClient } from './database.ts'

/** Runs `work` while no other node runs work of the same lock: nodes that start at the same moment take turns. */
export async function alone<T>(url: string, lock: number, work: () => Promise<T>): Promise<T> {
  // Closing the connection gives the lock back, however the work ended.
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock])
    return work()
  })
}
