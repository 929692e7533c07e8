import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The project's folder, wherever it was cloned to and from wherever it is called. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** What a run of the toolchain keeps; not node_modules, because `npm ci` empties that. */
export const STATE = join(ROOT, '.ringdown')

/** Node 24, which comes as a package: every script but this bootstrap runs on it. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
