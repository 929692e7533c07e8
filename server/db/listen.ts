import { Client } from 'pg'
import type { Pool } from 'pg'
import type { Logger } from '../logger.ts'

/** What the server nodes on one database tell each other. Any of it may be lost. */
export type Channel = 'desk_log' | 'desk_session' | 'desk_presence'
const CHANNELS: readonly Channel[] = ['desk_log', 'desk_session', 'desk_presence']

export type Listening = {
  readonly on: (channel: Channel, hear: (payload: string) => void) => () => void
  readonly tell: (channel: Exclude<Channel, 'desk_log'>, payload: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Listens on a connection of its own and makes a new one, with growing waits, whenever it breaks. */
export function listen(url: string, pool: Pool, log: Logger): Listening {
  const listeners = new Map<Channel, Set<(payload: string) => void>>(CHANNELS.map((channel) => [channel, new Set()]))
  let client: Client | null = null
  let retry: NodeJS.Timeout | null = null
  let stopped = false
  let failures = 0

  const hear = (channel: Channel, payload: string) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload)
  }
  const again = () => {
    client = null
    if (stopped || retry) return
    failures += 1
    retry = setTimeout(
      () => {
        retry = null
        void connect()
      },
      Math.min(10_000, 200 * 2 ** Math.min(failures, 6))
    )
  }
  const connect = async () => {
    const fresh = new Client({
      connectionString: url,
      keepAlive: true,
      application_name: 'ringdown listen',
      connectionTimeoutMillis: 10_000
    })
    client = fresh
    fresh.on('error', (error) => log.warn({ err: error }, 'The connection that hears of changes broke; connecting again.'))
    fresh.on('end', again)
    fresh.on('notification', ({ channel, payload }) => {
      const known = CHANNELS.find((name) => name === channel)
      if (known) hear(known, payload ?? '')
    })
    try {
      await fresh.connect()
      await fresh.query(CHANNELS.map((channel) => `listen ${channel}`).join(';'))
      failures = 0
      // Whatever was said while nobody listened.
      hear('desk_log', '')
      hear('desk_session', '')
    } catch (error) {
      log.warn({ err: error }, 'Could not listen for changes; trying again.')
      await fresh.end().catch(() => undefined)
      again()
    }
  }
  void connect()

  return {
    on: (channel, listener) => {
      listeners.get(channel)?.add(listener)
      return () => listeners.get(channel)?.delete(listener)
    },
    tell: async (channel, payload) => {
      await pool.query('select pg_notify($1, $2)', [channel, payload])
    },
    stop: async () => {
      stopped = true
      if (retry) clearTimeout(retry)
      await client?.end().catch(() => undefined)
    }
  }
}
