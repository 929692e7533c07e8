import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { StartProblem } from './start-problem.ts'

const Holder = z.object({
  pid: z.number().int(),
  /** When the process began, as the system counts it; a process id alone may belong to somebody else by now. */
  began: z.string(),
  token: z.string(),
  /** Where the server answers; null while it starts. */
  url: z.string().nullable(),
  /** The embedded database, for commands run beside the server. */
  databaseUrl: z.string().nullable()
})
type Holder = z.infer<typeof Holder>

export type DataFolder = {
  /** Writes down where the server answers, for commands that want to talk to it. */
  readonly announce: (where: { readonly url: string | null; readonly databaseUrl: string }) => void
  readonly release: () => void
}

/** The server that runs on this data folder now, if any. */
export function runningServer(
  folder: string
): { readonly pid: number; readonly url: string | null; readonly databaseUrl: string | null } | null {
  const holder = readHolder(folder)
  return holder && isAlive(holder) ? holder : null
}

/**
 * Takes the folder for this process. A second server on one folder is refused; what a killed one left behind is taken over. The
 * database has a lock of its own behind this one.
 */
export async function takeDataFolder(folder: string): Promise<DataFolder> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new StartProblem(
      `The data folder ${folder} cannot be made: ${(error as Error).message}. Set RINGDOWN_DATA to a folder that can be written.`
    )
  }
  const me: Holder = { pid: process.pid, began: beganAt(process.pid) ?? '', token: crypto.randomUUID(), url: null, databaseUrl: null }
  const before = readHolder(folder)
  if (before && isAlive(before)) throw inUse(folder, before)
  write(folder, me)
  // Two that start in the same moment both get here; the later write wins and the other one sees it.
  await wait(before ? 150 : 50)
  const now = readHolder(folder)
  if (now?.token !== me.token) throw inUse(folder, now ?? me)
  return {
    announce: (where) => write(folder, { ...me, ...where }),
    release: () => {
      if (readHolder(folder)?.token === me.token) rmSync(lockFile(folder), { force: true })
    }
  }
}

function inUse(folder: string, holder: Holder): StartProblem {
  const where = holder.url ? `, at ${holder.url}` : ''
  return new StartProblem(
    `A server already runs on the data folder ${folder} (process ${holder.pid}${where}). This one changed nothing. Use that server, stop it first, or set RINGDOWN_DATA to another folder.`
  )
}

function lockFile(folder: string): string {
  return join(folder, 'server.json')
}

function write(folder: string, holder: Holder): void {
  const unfinished = `${lockFile(folder)}.${process.pid}`
  try {
    writeFileSync(unfinished, JSON.stringify(holder), { mode: 0o600 })
    renameSync(unfinished, lockFile(folder))
  } catch (error) {
    throw new StartProblem(`The data folder ${folder} cannot be written: ${(error as Error).message}. Nothing was changed.`)
  }
}

function readHolder(folder: string): Holder | null {
  try {
    return Holder.safeParse(JSON.parse(readFileSync(lockFile(folder), 'utf8'))).data ?? null
  } catch {
    // No file, or one that a crash left half written: nobody holds the folder.
    return null
  }
}

function isAlive({ pid, began }: Holder): boolean {
  if (pid === process.pid) return true
  const found = beganAt(pid)
  return found !== null && found === began
}

/** An identity of a living process: on Linux the instant it began; elsewhere only that it lives. Null when there is none, or a zombie. */
function beganAt(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')
      return state === 'Z' || state === 'X' ? null : (fields[18] ?? null)
    } catch {
      return null
    }
  }
  try {
    process.kill(pid, 0)
    return 'alive'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : null
  }
}
