import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Config } from './config.ts'
import { runningServer, takeDataFolder } from './data-folder.ts'
import { openDatabase } from './db/database.ts'
import { startEmbedded } from './db/embedded.ts'
import type { Logger } from './logger.ts'

export type DeskDatabase = {
  readonly pool: Pool
  readonly url: string
  /** Where the server answers, for commands run beside it. */
  readonly announce: (url: string) => void
  /** Settles when an embedded database ended by itself; never for an external one. */
  readonly lost: Promise<string>
  readonly close: () => Promise<void>
}

type Wanted = Pick<Config, 'databaseUrl' | 'databaseConnections' | 'dataFolder'>

/** The database for a server: the external one, or an embedded one of its own. Refused when another server has the data folder. */
export async function ownDatabase(config: Wanted, log: Logger): Promise<DeskDatabase> {
  if (config.databaseUrl !== null) return external(config.databaseUrl, config, log)
  const folder = await takeDataFolder(config.dataFolder)
  try {
    const embedded = await startEmbedded(config.dataFolder)
    folder.announce({ url: null, databaseUrl: embedded.url })
    try {
      const pool = await openDatabase(embedded.url, { connections: config.databaseConnections, onLost: reporter(log) })
      return {
        pool,
        url: embedded.url,
        announce: (url) => folder.announce({ url, databaseUrl: embedded.url }),
        lost: embedded.ended,
        close: async () => {
          await pool.end()
          await embedded.stop()
          folder.release()
        }
      }
    } catch (error) {
      await embedded.stop()
      throw error
    }
  } catch (error) {
    folder.release()
    throw error
  }
}

/** The database for a command: beside the server when one runs, otherwise as a server would open it. */
export async function borrowedDatabase(config: Wanted, log: Logger): Promise<DeskDatabase> {
  if (config.databaseUrl !== null) return external(config.databaseUrl, config, log)
  for (let patience = 100; patience > 0; patience--) {
    const running = runningServer(config.dataFolder)
    if (!running) return ownDatabase(config, log)
    if (running.databaseUrl !== null) return external(running.databaseUrl, config, log)
    await wait(100)
  }
  return ownDatabase(config, log)
}

async function external(url: string, { databaseConnections }: Wanted, log: Logger): Promise<DeskDatabase> {
  const pool = await openDatabase(url, { connections: databaseConnections, onLost: reporter(log) })
  return { pool, url, announce: () => undefined, lost: new Promise(() => undefined), close: () => pool.end() }
}

function reporter(log: Logger): (error: Error) => void {
  return (error) => log.warn({ err: error }, 'A connection to the database broke; another one is made when needed.')
}
