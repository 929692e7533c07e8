import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { say } from './say.mjs'
import { Problem } from './problem.mjs'

/**
 * Lets one start at a time prepare this folder. The lock names its process; a lock whose process is gone is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {{ waitMinutes?: number }} [options]
 * @returns {Promise<T>}
 */
export async function whileLocked(path, work, options = {}) {
  mkdirSync(dirname(path), { recursive: true })
  const deadline = Date.now() + (options.waitMinutes ?? 30) * 60_000
  let told = false
  while (!take(path)) {
    if (Date.now() > deadline)
      throw new Problem(
        `Another start has been preparing this folder for too long (process ${holder(path)?.pid ?? '?'}).`,
        `End it, or delete ${path}, then run the same command again.`
      )
    if (!told) say(`another start (process ${holder(path)?.pid ?? '?'}) is preparing this folder; waiting for it`)
    told = true
    await sleep(300)
  }
  // A start that ends early, by Ctrl+C too, leaves nothing for the next one to wait for.
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/**
 * @param {string} path
 * @returns {boolean}
 */
function take(path) {
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, JSON.stringify({ pid: process.pid, born: born(process.pid) }))
  try {
    // A link appears with its content or not at all: nobody ever reads a lock that is still empty.
    linkSync(mine, path)
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    takeAway(path)
    return false
  } finally {
    rmSync(mine, { force: true })
  }
}

/**
 * Removes the lock of a process that is gone. Under a guard, so that of two that see the same dead lock neither removes the other's fresh one.
 * @param {string} path
 */
function takeAway(path) {
  if (!dead(holder(path))) return
  const guard = `${path}.guard`
  try {
    mkdirSync(guard)
  } catch {
    try {
      if (Date.now() - statSync(guard).mtimeMs > 10_000) rmSync(guard, { recursive: true, force: true })
    } catch {
      return // The other one is done with it.
    }
    return
  }
  try {
    if (dead(holder(path))) rmSync(path, { force: true })
  } finally {
    rmSync(guard, { recursive: true, force: true })
  }
}

/**
 * @param {string} path
 * @returns {{ pid: number, born: string | null } | null}
 */
function holder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * A lock that is not there (any more) is nobody's and must not be removed: by then it may be somebody's.
 * @param {{ pid: number, born: string | null } | null} owner
 */
function dead(owner) {
  if (!owner) return false
  try {
    process.kill(owner.pid, 0)
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EPERM')
  }
  return owner.born !== born(owner.pid)
}

/**
 * When the process began, so that a reused number is not taken for the old owner; null where the system does not tell.
 * @param {number} pid
 * @returns {string | null}
 */
function born(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
