import type { Logger } from 'pino'
import { Presence } from '#shared/protocol/presence.ts'
import type { DeskInfo } from '#shared/protocol/session.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import type { Clock, Timers } from './clock.ts'
import type { Config } from './config.ts'
import { accounts } from './db/account.ts'
import { alone } from './db/alone.ts'
import { listen } from './db/listen.ts'
import { pgDeskStore } from './db/pg-desk-store.ts'
import { livingFamilies } from './db/refresh-token.ts'
import { deskKey } from './db/secret.ts'
import { tablesOf } from './db/tables.ts'
import type { Db } from './db/tables.ts'
import type { DeskDatabase } from './desk-database.ts'
import { startDeskNode } from './desk-node.ts'
import type { DeskNode } from './desk-node.ts'
import type { DeskStore } from './desk-store.ts'
import { firstAdmin, prepareDesk } from './first-start.ts'
import type { FirstAccount } from './first-start.ts'
import { THIS_BUILD } from './hello.ts'
import type { Speaks } from './hello.ts'
import { deskHttp } from './http.ts'
import type { Desk } from './http.ts'
import { importDesk } from './import/import-desk.ts'
import type { ImportDesk } from './import/import-desk.ts'
import { importRoute } from './import/import-route.ts'
import { serverMetrics } from './metrics.ts'
import { problem } from './problem.ts'
import { sessions } from './sessions.ts'
import { snapshotCache } from './snapshot-cache.ts'
import { snapshotFrom, snapshotLines, snapshotPieces } from './snapshot.ts'
import type { SnapshotStart } from './snapshot.ts'
import { deskSockets } from './sockets.ts'
import { startUpkeep } from './upkeep.ts'
import { SERVER_VERSION } from './version.ts'

/** The console's own origin. Programs that are no browsers send none. */
const CONSOLE_ORIGIN = 'app://ringdown'
/** How long a line can outlive a sign-in whose end nobody heard of. */
const SWEEP_EVERY = 600_000
const FIRST_START = 7_266_002

export type App = {
  readonly url: string
  /** The administrator made by this start, when it was the first. */
  readonly firstAccount: FirstAccount | null
  readonly store: DeskStore
  readonly node: DeskNode
  /** Finishes what is under way and lets everybody go. The database stays open. */
  readonly close: () => Promise<void>
}

export type AppPorts = {
  readonly database: Pick<DeskDatabase, 'pool' | 'url'>
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Logger
  readonly config: Pick<Config, 'host' | 'port' | 'origins' | 'deskName' | 'metricsToken' | 'trustProxy'>
  readonly speaks?: Speaks
  /** Runs on a desk without accounts, before an administrator would be made for it. */
  readonly onEmptyDesk?: (desk: { readonly store: DeskStore; readonly db: Db }) => Promise<void>
}

/** One server node on an open database, listening. */
export async function createApp({
  database: { pool, url },
  clock,
  timers,
  log,
  config,
  speaks = THIS_BUILD,
  onEmptyDesk
}: AppPorts): Promise<App> {
  const db = tablesOf(pool)
  const listening = listen(url, pool, log)
  const store = pgDeskStore(pool, (wake) => listening.on('desk_log', (payload) => wake(payload === '' ? undefined : Number(payload))))
  let desk: (Desk & { readonly importBatch: ImportDesk }) | null = null
  let node: DeskNode | null = null
  let stopSweeping = () => {}
  const allowedOrigin = (origin: string | undefined) => origin === undefined || origin === CONSOLE_ORIGIN || config.origins.includes(origin)

  const metrics = serverMetrics(
    () => node?.connections() ?? 0,
    () => node?.cursor()?.revision ?? 0
  )
  const http = await deskHttp(
    { log, allowedOrigin, trustProxy: config.trustProxy, metrics: { ...metrics, token: config.metricsToken } },
    () => desk
  )
  importRoute(http, () => desk)
  const snapshots = snapshotCache(clock)
  try {
    const firstAccount = await alone(url, FIRST_START, async () => {
      await prepareDesk({ store, db, clock })
      if ((await accounts(db)).length === 0) await onEmptyDesk?.({ store, db })
      return firstAdmin({ store, db, clock })
    })
    const row = await nameDesk(db, config.deskName)
    const sockets = deskSockets({ http: http.server, clock, log, allowedOrigin })
    const started = await startDeskNode({
      store,
      clock,
      timers,
      log,
      speaks,
      desk: { deskId: row.id, version: SERVER_VERSION },
      broadcast: sockets.broadcast,
      sharePresence: (presence) => void listening.tell('desk_presence', JSON.stringify(presence)).catch(() => undefined),
      onBatch: metrics.batch
    })
    node = started
    listening.on('desk_presence', (text) => {
      const presence = Presence.safeParse(parsed(text))
      if (presence.success) started.heardPresence(presence.data)
    })
    const endLines = (family: string) =>
      sockets.endFamily(
        family,
        problem('unauthenticated', 'This sign-in was ended. Work done on this console is kept; sign in again.').problem
      )
    /** Word of an end may be lost, and a sign-in also ends by its age. */
    const sweep = async () => {
      const held = sockets.families()
      const living = await livingFamilies(db, held, clock.now())
      for (const family of held) if (!living.has(family)) endLines(family)
    }
    const sweepNow = () => void sweep().catch((error: unknown) => log.warn({ err: error }, 'Ended sign-ins could not be looked up.'))
    listening.on('desk_session', (family) => (family === '' ? sweepNow() : endLines(family)))
    const sweepLater = () => {
      stopSweeping = timers.after(SWEEP_EVERY, () => {
        sweepNow()
        sweepLater()
      })
    }
    sweepLater()
    const signIns = sessions({
      db,
      clock,
      key: await deskKey(db, 'access-token'),
      person: started.person,
      ended: (family) => listening.tell('desk_session', family)
    })
    desk = {
      sessions: signIns,
      importBatch: importDesk({ store, db, clock }),
      person: started.person,
      info: () => deskInfo(db, row, started),
      notReady: async () => {
        try {
          await pool.query('select 1')
          return null
        } catch {
          return 'The database does not answer.'
        }
      },
      snapshot: (me, resume) => {
        const cursor = started.cursor()
        if (!cursor) return null
        const visibility = started.visibility(me)
        const start = snapshotFrom(resume, { store, visibility, now: clock.now(), end: { ...started.end(), cursor } })
        const make = (from: SnapshotStart) => snapshotPieces(from, { store, visibility })
        return (
          start && {
            gzip: () => snapshots.gzip({ start, resume, head: cursor.revision, make }),
            plain: () => snapshotLines(start, { store, visibility })
          }
        )
      }
    }
    sockets.open(started, signIns)
    const stopUpkeep = startUpkeep({ pool, db, clock, timers, log })
    const address = await http.listen({ host: config.host, port: config.port })
    log.info({ address }, 'The desk is open.')
    return {
      url: address,
      firstAccount,
      store,
      node: started,
      close: async () => {
        desk = null
        stopSweeping()
        sockets.announceEnd(started.connections() * 20)
        await started.stop()
        await sockets.close()
        await stopUpkeep()
        await http.close()
        await listening.stop()
      }
    }
  } catch (error) {
    stopSweeping()
    await http.close()
    await listening.stop()
    throw error
  }
}

async function nameDesk(db: Db, name: string | null): Promise<{ readonly id: string; readonly name: string }> {
  if (name !== null) await db.updateTable('desk').set({ name }).execute()
  return db.selectFrom('desk').select(['id', 'name']).executeTakeFirstOrThrow()
}

/** Accounts with a public password exist on a sample desk only. */
async function deskInfo(db: Db, { id, name }: { readonly id: string; readonly name: string }, node: DeskNode): Promise<DeskInfo> {
  const sampleAccounts: DeskInfo['sampleAccounts'] = []
  for (const account of await accounts(db)) {
    const person = account.samplePassword === null ? undefined : await node.person(account.personId)
    if (person && account.samplePassword !== null)
      sampleAccounts.push({ name: account.name, password: account.samplePassword, person: person.name, role: person.role })
  }
  return { deskId: id, name, version: SERVER_VERSION, protocol: PROTOCOL_VERSION, sampleAccounts }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
