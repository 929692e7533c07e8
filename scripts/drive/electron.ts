import { createRequire } from 'node:module'
import { z } from 'zod'

/** The Electron that the set-up provided: the package's own, or the one that ELECTRON_OVERRIDE_DIST_PATH names. */
export function electronProgram(): string {
  return z.string().parse(createRequire(import.meta.url)('electron'))
}

/** Chromium refuses to run sandboxed as root. Everybody else gets the sandbox, which Playwright would turn off by itself. */
export const RUNS_AS_ROOT = process.getuid?.() === 0
