import { appendFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Log = {
  readonly info: (message: string, facts?: Readonly<Record<string, unknown>>) => void
  readonly error: (message: string, facts?: Readonly<Record<string, unknown>>) => void
  /** A line that another process already formatted. */
  readonly line: (text: string) => void
}

const MAX_BYTES = 5_000_000

/** One JSON object per line in the logs folder; at 5 MB the file becomes `.old`, so that two files are all that is ever kept. */
export function openLog(folder: string, name: string): Log {
  const path = join(folder, `${name}.log`)
  let size = sizeOf(path)
  const line = (text: string) => {
    try {
      if (size > MAX_BYTES) {
        renameSync(path, `${path}.old`)
        size = 0
      }
      appendFileSync(path, `${text}\n`)
      size += text.length + 1
    } catch (error) {
      // A full disk must not take the desk down with its log.
      process.stderr.write(`log ${path} cannot be written: ${String(error)}\n${text}\n`)
    }
  }
  const write = (level: 'info' | 'error') => (message: string, facts?: Readonly<Record<string, unknown>>) =>
    line(JSON.stringify({ at: new Date().toISOString(), level, message, ...facts }))
  return { info: write('info'), error: write('error'), line }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** An error as facts for the log. */
export function asFacts(error: unknown): Readonly<Record<string, unknown>> {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) }
}
