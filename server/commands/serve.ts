import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApp } from '../app.ts'
import type { App } from '../app.ts'
import { systemClock, systemTimers } from '../clock.ts'
import { readConfig } from '../config.ts'
import { neverHadCustomers } from '../db/sample-records.ts'
import type { Db } from '../db/tables.ts'
import { deskClock } from '../desk-clock.ts'
import type { DeskClock } from '../desk-clock.ts'
import { databaseTime } from '../db/database.ts'
import { ownDatabase } from '../desk-database.ts'
import type { DeskDatabase } from '../desk-database.ts'
import type { DeskStore } from '../desk-store.ts'
import { serverLog } from '../log.ts'
import { parentPort } from '../parent-port.ts'
import { loadSample } from '../sample/load-sample.ts'

/** A shutdown that takes longer than this is cut short; the database recovers what was committed. */
const SHUTDOWN_LIMIT = 40_000

/** Runs the server until SIGTERM, SIGINT or the parent process says stop. */
export async function serve(): Promise<number> {
  const config = readConfig(process.env)
  const log = serverLog(config.logLevel)
  const parent = parentPort()
  const stopAsked = new Promise<string>((settle) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => settle(signal))
    parent?.onStop(() => settle('the app'))
  })
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A promise was rejected and nobody listened.'))

  let database: DeskDatabase | null = null
  let clock: DeskClock | null = null
  let app: App | null = null
  try {
    database = await ownDatabase(config, log)
    const { pool } = database
    const onEmptyDesk = async ({ store, db }: { readonly store: DeskStore; readonly db: Db }) => {
      if (config.sample && (await neverHadCustomers(db))) await loadSample(store, db, systemClock)
    }
    // Nodes on several machines agree on one clock; an embedded database shares this machine's.
    clock = config.databaseUrl === null ? null : await deskClock(() => databaseTime(pool), systemTimers)
    app = await createApp({ database, clock: clock ?? systemClock, timers: systemTimers, log, config, onEmptyDesk })
    database.announce(app.url)
    const ready = { type: 'ready', url: app.url, firstAccount: app.firstAccount } as const
    // The app shows it in a window of its own; its log must not keep a password.
    if (app.firstAccount && !parent) tellFirstAccount(app.firstAccount)
    if (app.firstAccount && config.databaseUrl === null) keepFirstAccount(config.dataFolder, app.firstAccount)
    if (parent) parent.say(ready)
    else process.stdout.write(`${JSON.stringify({ type: ready.type, url: ready.url })}\n`)

    const why = await Promise.race([stopAsked, database.lost.then((how) => `the database: ${how}`)])
    log.info({ why }, 'Stopping.')
    const lost = why.startsWith('the database')
    setTimeout(() => process.exit(lost ? 1 : 0), lost ? 5_000 : SHUTDOWN_LIMIT).unref()
    await app.close()
    await database.close()
    if (lost) process.stderr.write(`The embedded database ended by itself. What was committed is kept; start again. ${why}\n`)
    return lost ? 1 : 0
  } catch (error) {
    parent?.say({ type: 'failed', problem: error instanceof Error ? error.message : String(error) })
    await database?.close().catch((closing: unknown) => log.error({ err: closing }, 'The database could not be closed.'))
    throw error
  } finally {
    clock?.stop()
  }
}

/** The first password is shown once, on the terminal. */
function tellFirstAccount({ name, password }: FirstAccount): void {
  process.stderr.write(
    `\nThis desk is new. Sign in as "${name}" with the password ${password}\nGive it another one with: npm run server -- account password ${name}\n\n`
  )
}

/** And kept in a file that only its owner reads until somebody takes it. */
function keepFirstAccount(dataFolder: string, { name, password }: FirstAccount): void {
  writeFileSync(join(dataFolder, 'first-sign-in.txt'), `name: ${name}\npassword: ${password}\n`, { mode: 0o600 })
}

type FirstAccount = { readonly name: string; readonly password: string }
