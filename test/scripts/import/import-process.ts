import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Totals } from '#scripts/import/report.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string; readonly totals: Totals | null }

/** A folder of its own for one test file, gone at the end. */
export function scratch(): {
  readonly folder: string
  readonly file: (name: string, content: string | Buffer) => string
  readonly remove: () => void
} {
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-import-'))
  return {
    folder,
    file: (name, content) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The command as a person runs it, in a process of its own. `started` sees the process, to kill it. */
export async function runImport(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  started?: (child: ChildProcess) => void
): Promise<Run> {
  const { DATABASE_URL: _database, RINGDOWN_TOKEN: _token, ...clean } = process.env
  const child = spawn(process.execPath, ['scripts/import.ts', ...args], {
    cwd: ROOT,
    env: { ...clean, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  started?.(child)
  const code = await new Promise<number | null>((settle, fail) => {
    child.once('error', fail)
    child.once('close', settle)
  })
  const last = stdout.trim().split('\n').at(-1) ?? ''
  return { code, stdout, stderr, totals: last.startsWith('{') ? (JSON.parse(last) as Totals) : null }
}
