import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = new URL('../..', import.meta.url).pathname

export type ServerProcess = {
  readonly url: string
  readonly pid: number
  readonly kill: (signal: NodeJS.Signals) => Promise<Ended>
}
export type Ended = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export function scratchFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'ringdown-server-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** `npm run server` as a process of its own, once it says that it is ready. */
export async function startServer(dataFolder: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
  const { child, ended, said } = launch(dataFolder, [], environment)
  const ready = new Promise<string>((settle) => {
    child.stdout.on('data', () => {
      const line = said.stdout.split('\n').find((text) => text.includes('"ready"'))
      if (line) settle((JSON.parse(line) as { url: string }).url)
    })
  })
  const url = await Promise.race([
    ready,
    ended.then(({ stderr }) => {
      throw new Error(`the server ended before it was ready: ${stderr}`)
    })
  ])
  return {
    url,
    pid: child.pid ?? 0,
    kill: (signal) => {
      child.kill(signal)
      return ended
    }
  }
}

/** Runs the server's command to its end. */
export async function runServer(
  dataFolder: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {}
): Promise<Ended> {
  return launch(dataFolder, args, environment).ended
}

function launch(dataFolder: string, args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, ['server/index.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RINGDOWN_DATA: dataFolder, PORT: '0', LOG_LEVEL: 'warn', ...environment }
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (said.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()))
  const ended = new Promise<Ended>((settle) => child.once('close', (code, signal) => settle({ code, signal, ...said })))
  return { child, ended, said }
}
