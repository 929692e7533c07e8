import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { whileLocked } from '#scripts/bootstrap/lock.mjs'

const module = resolve(import.meta.dirname, '../../../scripts/bootstrap/lock.mjs')
let folder: string
let lock: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringdown-lock-'))
  lock = join(folder, 'deep', 'prepare.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A process of its own that appends `in` and `out` around its work. */
function worker(kill?: 'inside'): Promise<number | null> {
  const body = `
    import { appendFileSync } from 'node:fs'
    import { setTimeout as sleep } from 'node:timers/promises'
    const { whileLocked } = await import(${JSON.stringify(module)})
    await whileLocked(${JSON.stringify(lock)}, async () => {
      appendFileSync(${JSON.stringify(join(folder, 'trace'))}, 'in\\n')
      ${kill === 'inside' ? "process.kill(process.pid, 'SIGKILL')" : ''}
      await sleep(30)
      appendFileSync(${JSON.stringify(join(folder, 'trace'))}, 'out\\n')
    })`
  const { promise, resolve: settle } = Promise.withResolvers<number | null>()
  spawn(process.execPath, ['--input-type=module', '-e', body], { stdio: 'ignore' }).once('exit', settle)
  return promise
}

describe('starts at the same time', () => {
  it('prepare one after the other', async () => {
    const codes = await Promise.all([worker(), worker(), worker(), worker(), worker()])
    expect(codes).toEqual([0, 0, 0, 0, 0])
    expect(readFileSync(join(folder, 'trace'), 'utf8')).toBe('in\nout\n'.repeat(5))
    expect(existsSync(lock)).toBe(false)
  })

  it('take over from one that was killed, without two at once', async () => {
    await worker('inside')
    expect(existsSync(lock)).toBe(true)
    const codes = await Promise.all([worker(), worker(), worker()])
    expect(codes).toEqual([0, 0, 0])
    expect(readFileSync(join(folder, 'trace'), 'utf8')).toBe(`in\n${'in\nout\n'.repeat(3)}`)
  })

  it('do not wait for a process that only has the number of the one that died', async () => {
    await whileLocked(lock, async () => {})
    writeFileSync(lock, JSON.stringify({ pid: process.pid, born: '1' }))
    expect(await whileLocked(lock, async () => 'done')).toBe('done')
  })

  it('leave no lock behind when the work fails', async () => {
    await expect(whileLocked(lock, async () => Promise.reject(new Error('no network')))).rejects.toThrow('no network')
    expect(existsSync(lock)).toBe(false)
  })

  it('say who holds the lock when waiting is over', async () => {
    await whileLocked(lock, async () => {
      await expect(whileLocked(lock, async () => 'never', { waitMinutes: 0 })).rejects.toThrow(`process ${process.pid}`)
    })
  })
})
