import { spawnSync } from 'node:child_process'
import { existsSync, lchownSync, lstatSync, readFileSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { StartProblem } from '../start-problem.ts'

/** How the database's programs are started, and as whom. */
export type Launch = {
  readonly command: (command: readonly [string, ...string[]]) => readonly [string, ...string[]]
  /** Gives a file or folder, with all in it, to the user the database runs as. */
  readonly own: (path: string) => void
}

/** Everything an unprivileged user needs to pass folders that only root may enter, and nothing more. `no_setuid_fixup` keeps the capability through PostgreSQL's own access check. */
const PASS_FOLDERS = [
  '--securebits',
  '+no_setuid_fixup',
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--bounding-set=-all,+dac_override'
]

/**
 * PostgreSQL refuses to run as root, so root starts it as `postgres` or `nobody`. On Linux the kernel is asked to end the database
 * with this process, however that ends; elsewhere the next start stops what was left over.
 */
export function launchFor(folder: string, binaries: PostgresBinaries): Launch {
  const hasSetpriv = process.platform === 'linux' && isOnPath('setpriv')
  const asRoot = process.platform !== 'win32' && process.getuid?.() === 0
  if (!asRoot) {
    const prefix = hasSetpriv && acceptsDeathSignal() ? (['setpriv', '--pdeathsig', 'INT', '--'] as const) : []
    return { command: (command) => joined(prefix, command), own: () => undefined }
  }
  const user = databaseUser()
  const own = (path: string) => giveTo(path, user)
  if (!hasSetpriv)
    throw new StartProblem(
      'The embedded database cannot run as root here: the program setpriv (package util-linux) is missing. Install it, run as a normal user, or set DATABASE_URL to a PostgreSQL server.'
    )
  const identity = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups']
  const reachable = mayEnter(user, binaries.postgres, folder)
  const prefix = ['setpriv', ...identity, ...(reachable ? [] : PASS_FOLDERS), '--no-new-privs', '--pdeathsig', 'INT', '--'] as const
  return { command: (command) => joined(prefix, command), own }
}

function joined(prefix: readonly string[], command: readonly [string, ...string[]]): readonly [string, ...string[]] {
  const [first, ...rest] = [...prefix, ...command]
  return [first ?? command[0], ...rest]
}

type User = { readonly uid: number; readonly gid: number }

/** PostgreSQL's own tools look their user up in the same place. */
function databaseUser(): User {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = (lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []).slice(2, 4).map(Number)
    if (uid && gid) return { uid, gid }
  }
  throw new StartProblem(
    'The embedded database cannot run as root, and this system has neither a user "postgres" nor "nobody" to run it as. Run as a normal user, or set DATABASE_URL.'
  )
}

/** Whether this user may reach these files and folders; asked of the system itself, because every parent counts. */
function mayEnter({ uid, gid }: User, ...paths: readonly string[]): boolean {
  const tests = paths.flatMap((path, index) => [...(index > 0 ? ['-a'] : []), '-x', path])
  return spawnSync('test', tests, { uid, gid, cwd: '/' }).status === 0
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter)
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)))
}

function acceptsDeathSignal(): boolean {
  return spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0
}

function giveTo(path: string, user: User): void {
  const found = lstatSync(path)
  if (found.uid === user.uid && found.gid === user.gid) return
  if (found.isDirectory()) for (const entry of readdirSync(path)) giveTo(join(path, entry), user)
  // The folder itself comes last, so that an interrupted change is taken up again.
  lchownSync(path, user.uid, user.gid)
}
