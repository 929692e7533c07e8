import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBackend, type Backend } from '../drive/backend.ts'
import { runProgram } from './program.ts'
import { ROOT } from '../drive/root.ts'

export type BenchDesk = { readonly backend: Backend; readonly folder: string; readonly end: () => Promise<void> }

/** A desk of its own on an embedded PostgreSQL with `cases` generated cases beside the sample desk's people, who sign in with the password `ringdown`. */
export async function benchDesk(cases: number, env: NodeJS.ProcessEnv = {}): Promise<BenchDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-bench-'))
  const backend = await startBackend({ data: join(folder, 'desk'), sampleDesk: true, env: { LOG_LEVEL: 'warn', ...env } })
  if (cases > 0)
    await runProgram(process.execPath, [join(ROOT, 'scripts', 'generate-cases.ts'), '--cases', String(cases)], {
      env: { ...process.env, RINGDOWN_DATA: backend.data }
    })
  return {
    backend,
    folder,
    end: async () => {
      await backend.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
