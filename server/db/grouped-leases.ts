import type { Pool, PoolClient } from 'pg'
import type { NumberBlock, NumberGrant } from '../desk-store.ts'
import { grantNumbers } from './number-space.ts'

/** So many blocks in one transaction: it holds the number space, which a push with a provisional number waits for. */
const AT_ONCE = 100

type Ask = {
  readonly consoleId: string
  readonly count: number
  readonly grant: NumberGrant
  readonly settle: (blocks: readonly NumberBlock[]) => void
  readonly fail: (error: unknown) => void
}

/**
 * Leases blocks of case numbers; requests that come while one transaction is under way share the next. Grants take turns at one row anyway:
 * a thousand consoles that come back without numbers would each wait for it with a connection in hand, until none is left for anything else.
 * Rejects with the database's error; then none of that transaction's blocks was handed out.
 */
export function groupedLeases(pool: Pool, giveUp: (client: PoolClient) => Promise<void>) {
  const waiting: Ask[] = []
  let working = false

  const work = async () => {
    working = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, AT_ONCE)
      try {
        const blocks = await grantGroup(pool, group, giveUp)
        for (const [index, { settle }] of group.entries()) settle(blocks[index] ?? [])
      } catch (error) {
        for (const { fail } of group) fail(error)
      }
    }
    working = false
  }

  return (consoleId: string, count: number, grant: NumberGrant): Promise<readonly NumberBlock[]> =>
    new Promise((settle, fail) => {
      waiting.push({ consoleId, count, grant, settle, fail })
      if (!working) void work()
    })
}

async function grantGroup(pool: Pool, group: readonly Ask[], giveUp: (client: PoolClient) => Promise<void>) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const blocks: (readonly NumberBlock[])[] = []
    for (const { consoleId, count, grant } of group) blocks.push(await grantNumbers(client, consoleId, count, grant))
    await client.query('commit')
    client.release()
    return blocks
  } catch (error) {
    await giveUp(client)
    throw error
  }
}
