import { execFileSync } from 'node:child_process'
import { cpSync } from 'node:fs'

/** Where the seeded desk lies; the workers inherit it from the process that seeded it. */
export const SEEDED = 'RINGDOWN_E2E_SEEDED'

/** Copies the seeded desk to a folder that does not exist yet. Its database belongs to another user when root runs this, and must stay theirs. */
export function copySeededDesk(to: string): void {
  const from = process.env[SEEDED]
  if (!from) throw new Error('no desk was seeded: run the tests with npm run e2e')
  if (process.platform === 'win32') cpSync(from, to, { recursive: true })
  else execFileSync('cp', ['-a', from, to])
}
