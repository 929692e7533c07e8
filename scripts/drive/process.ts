import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'

export type Running = {
  readonly pid: number
  readonly running: () => boolean
  /** Resolves with how it ended, once it has. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
  readonly signal: (signal: NodeJS.Signals) => void
}

/** Starts a program whose output goes to the end of a file, so that a kill loses none of it and nobody has to read a pipe. */
export function startProgram(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly log: string }
): Running {
  const log = openSync(options.log, 'a')
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', log, log] })
  closeSync(log)
  const ended = endOf(child)
  return {
    pid: child.pid ?? -1,
    running: () => child.pid !== undefined && child.exitCode === null && child.signalCode === null,
    ended,
    signal: (signal) => void child.kill(signal)
  }
}

/** The last lines of a program's log, for the message of a failure. */
export function lastLines(log: string, count = 20): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number | null; signal: NodeJS.Signals | null }>()
  child.once('error', () => resolve({ code: 127, signal: null }))
  child.once('exit', (code, signal) => resolve({ code, signal }))
  return promise
}
