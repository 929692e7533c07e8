import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StartProblem } from '../start-problem.ts'

const POLITE = 20_000
const FIRM = 10_000

/**
 * Stops a database that outlived the server it belonged to (the caller holds the data folder's lock, so there is no other owner),
 * and clears away a lock file whose process is gone. Never touches the lock while any process still works in the cluster:
 * two writers would destroy it.
 */
export async function stopOrphan(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8').split('\n')[0] ?? '', 10)
  const alive = () => clusterProcesses(data, pid)
  for (const [signal, patience] of [
    ['SIGINT', POLITE],
    ['SIGQUIT', FIRM]
  ] as const) {
    if (alive().includes(pid)) tell(pid, signal)
    for (const giveUpAt = Date.now() + patience; Date.now() < giveUpAt && alive().length > 0;) await wait(50)
    if (alive().length === 0) break
  }
  if (alive().length > 0)
    throw new StartProblem(
      `A database left over from an earlier run still works in ${data} (process ${alive().join(', ')}) and does not end. Nothing was changed. End that process, then start again.`
    )
  rmSync(file, { force: true })
}

/** The live processes of this cluster. Zombies hold nothing and do not count. */
function clusterProcesses(data: string, postmaster: number): readonly number[] {
  if (process.platform === 'linux') return linuxProcesses(realpathSync(data))
  if (!Number.isInteger(postmaster) || !exists(postmaster)) return []
  const command =
    process.platform === 'win32'
      ? spawnSync('tasklist', ['/FI', `PID eq ${postmaster}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' }).stdout
      : spawnSync('ps', ['-o', 'command=', '-p', String(postmaster)], { encoding: 'utf8' }).stdout
  return command.includes('postgres') ? [postmaster] : []
}

/** Every process of a cluster, orphaned workers included, has the data folder as its working directory. */
function linuxProcesses(data: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(pid, data))
}

function worksIn(pid: number, data: string): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0]
    return (
      state !== 'Z' &&
      state !== 'X' &&
      readlinkSync(`/proc/${pid}/cwd`) === data &&
      readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
    )
  } catch {
    // It ended while we looked, or belongs to somebody else and so is not ours.
    return false
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function tell(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Ended meanwhile: what was asked for.
  }
}
