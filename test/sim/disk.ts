import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** One change of a disk's contents. A null value deletes; a null key empties the whole table. */
export type Write = { readonly table: string; readonly key: string | null; readonly value: string | null }
export type DiskProblem = 'full' | 'gone'

/** What an operating system and a browser engine make of a write: it reaches the process's view, then, when flushed, the platter. */
type Transaction = { readonly writes: readonly Write[]; readonly flushed: boolean }

export type Contents = ReadonlyMap<string, ReadonlyMap<string, string>>

/**
 * A disk that keeps what a real one keeps: a transaction is atomic; a killed process loses only what had not reached the operating
 * system; a power cut loses everything after the last flush except, perhaps, some of it, in order.
 */
export class Disk {
  private contents = new Map<string, Map<string, string>>()
  /** Applied to `contents` but not flushed: lost, from a random point on, when the power goes. */
  private volatile: { readonly before: Map<string, Map<string, string>> }[] = []
  private inFlight: { readonly transaction: Transaction; cancelled: boolean }[] = []
  private busyUntil = 0
  private full = false
  private readonly scheduler: Scheduler
  private readonly random: Random
  private readonly meanWrite: number

  constructor(scheduler: Scheduler, random: Random, meanWrite: number) {
    this.scheduler = scheduler
    this.random = random
    this.meanWrite = meanWrite
  }

  /** Writes in one transaction; transactions finish in the order given. `done` is not called when the process dies first. */
  write(writes: readonly Write[], flushed: boolean, done: (problem: DiskProblem | null) => void): void {
    const entry = { transaction: { writes, flushed }, cancelled: false }
    this.inFlight.push(entry)
    const now = this.scheduler.now()
    this.busyUntil = Math.max(this.busyUntil, now) + 1 + this.random.wait(this.meanWrite)
    this.scheduler.after(this.busyUntil - now, () => {
      if (entry.cancelled) return
      this.inFlight.splice(this.inFlight.indexOf(entry), 1)
      if (this.full && writes.some((write) => write.value !== null)) {
        done('full')
        return
      }
      this.apply(entry.transaction)
      done(null)
    })
  }

  read(): Contents {
    return this.contents
  }

  /** The process died: what was on its way either reached the system, in order, or did not. */
  kill(): void {
    let reached = this.random.between(0, this.inFlight.length)
    for (const entry of this.inFlight) {
      entry.cancelled = true
      if (reached > 0 && !this.full) this.apply(entry.transaction)
      reached -= 1
    }
    this.inFlight = []
  }

  /** The power went: also of what the system held unflushed only a beginning survives. */
  powerCut(): void {
    this.kill()
    const kept = this.random.between(0, this.volatile.length)
    const undone = this.volatile[kept]
    if (undone) this.contents = undone.before
    this.volatile = []
  }

  setFull(full: boolean): void {
    this.full = full
  }

  /** Everything is gone, as when a browser engine throws its storage away. */
  wipe(): void {
    this.contents = new Map()
    this.volatile = []
  }

  /** Replaces one stored value behind everybody's back; false when there is none. */
  corrupt(table: string): boolean {
    const rows = this.contents.get(table)
    if (!rows || rows.size === 0) return false
    const keys = [...rows.keys()].toSorted()
    const copy = new Map(rows)
    copy.set(this.random.pick(keys), 'corrupt')
    this.contents = new Map(this.contents).set(table, copy)
    return true
  }

  private apply(transaction: Transaction): void {
    const before = this.contents
    const after = new Map(before)
    const own = new Set<string>()
    for (const { table, key, value } of transaction.writes) {
      if (key === null) {
        after.set(table, new Map())
        own.add(table)
        continue
      }
      let rows = after.get(table)
      if (!rows || !own.has(table)) {
        rows = new Map(rows)
        after.set(table, rows)
        own.add(table)
      }
      if (value === null) rows.delete(key)
      else rows.set(key, value)
    }
    this.contents = after
    if (transaction.flushed) this.volatile = []
    else this.volatile.push({ before })
  }
}
