import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { lastLines, startProgram, type Running } from './process.ts'
import { ROOT } from './root.ts'
import { until } from './until.ts'

export type Backend = {
  readonly url: string
  readonly port: number
  readonly data: string
  /** Everything its processes ever printed. */
  readonly log: string
  readonly pid: () => number
  /** Starts it on the same folder and port as before and waits until it is ready. */
  readonly start: () => Promise<void>
  /** kill -9, as a power cut or the kernel's out-of-memory killer would do it. Resolves once the process is gone. */
  readonly kill: () => Promise<void>
  /** Asks it to stop and waits for a clean end. */
  readonly stop: () => Promise<void>
}

export type BackendOptions = {
  readonly data: string
  readonly sampleDesk?: boolean
  readonly port?: number
  readonly env?: NodeJS.ProcessEnv
}

/** Runs the real server as its own process, from its source and with its own PostgreSQL unless `env` brings a DATABASE_URL. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  mkdirSync(options.data, { recursive: true })
  const port = options.port ?? (await freePort())
  const log = join(options.data, 'backend-process.log')
  const url = `http://127.0.0.1:${port}`
  let process_: Running | null = null

  const start = async () => {
    const started = startProgram(process.execPath, [join(ROOT, 'server', 'index.ts')], {
      cwd: ROOT,
      log,
      env: {
        ...process.env,
        RINGDOWN_DATA: options.data,
        HOST: '127.0.0.1',
        PORT: String(port),
        RINGDOWN_ORIGINS: 'app://ringdown',
        ...(options.sampleDesk ? { RINGDOWN_SAMPLE: '1' } : {}),
        ...options.env
      }
    })
    process_ = started
    await until(
      `the backend on port ${port} is ready`,
      async () => {
        if (!started.running()) return true
        return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok
      },
      { seconds: 90 }
    )
    if (!started.running()) throw new Error(`The backend ended instead of starting:\n${lastLines(log)}`)
  }

  const end = async (signal: NodeJS.Signals) => {
    const running = process_
    if (!running?.running()) return
    running.signal(signal)
    await until(`the backend ends after ${signal}`, () => !running.running(), { seconds: 30 })
  }

  await start()
  return {
    url,
    port,
    data: options.data,
    log,
    pid: () => process_?.pid ?? -1,
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      const running = process_
      await end('SIGTERM')
      const how = await running?.ended
      if (how && how.signal !== 'SIGKILL' && how.code !== 0) throw new Error(`The backend ended with code ${how.code}:\n${lastLines(log)}`)
    }
  }
}
