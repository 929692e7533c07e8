import { fileURLToPath } from 'node:url'
import { join, resolve } from 'node:path'

/** The project's folder, wherever it was cloned to and from wherever it is called. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** What a run of the toolchain keeps; not node_modules, because `npm ci` empties that. */
export const STATE = join(ROOT, 'out', '.state')

/** Node 24, which comes as a package: every script but this bootstrap runs on it. */
export const NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Where a desk run from this folder keeps its data: RINGDOWN_DATA, as the caller meant it (npm changes to the project's folder before it runs anything),
 * else .ringdown here, so that the console, the server alone and the import all work on the same desk.
 */
export const DESK_DATA = resolve(process.env['INIT_CWD'] ?? process.cwd(), process.env['RINGDOWN_DATA'] || join(ROOT, '.ringdown'))
