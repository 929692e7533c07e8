import type { RecordImage } from '#shared/domain/record.ts'
import type { DatabaseRef, Durability, StoredRow, StoreOp, StoreProblem } from '#renderer/sync/engine/store-op.ts'
import type { Input } from '#renderer/sync/engine/input.ts'
import { Disk } from '../disk.ts'
import type { Write } from '../disk.ts'
import type { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'

/** Where a planted fault changes what the disks promise. */
export type DiskSeams = {
  /** The vault reports a write before it is flushed. */
  readonly vaultRelaxed: boolean
  /** The journal reports a line before it is written. */
  readonly journalAnswersFirst: boolean
  /** A replica's cursor is written before the rows that it speaks of. */
  readonly cursorFirst: boolean
  /** A fold takes the rows away, for good, before the chunks that hold them now are flushed. */
  readonly foldBeforeFlush: boolean
}

export const SOUND_DISKS: DiskSeams = { vaultRelaxed: false, journalAnswersFirst: false, cursorFirst: false, foldBeforeFlush: false }

type JournalLine = { readonly line: number; readonly body: string }

/** What one computer keeps: the browser engine's databases, the main process's journal file and the keyring. */
export class Storage {
  private vault: Disk
  private readonly replicas = new Map<number, Disk>()
  private readonly journal: Disk
  private credentials: string | null = null
  private journalBroken = false
  private full = false
  private soundSince = 0
  private readonly scheduler: Scheduler
  private readonly random: Random
  private readonly meanWrite: number
  private readonly seams: DiskSeams

  constructor(scheduler: Scheduler, random: Random, meanWrite: number, seams: DiskSeams) {
    this.seams = seams
    this.scheduler = scheduler
    this.random = random
    this.meanWrite = meanWrite
    this.vault = this.disk()
    this.journal = this.disk()
  }

  store(ref: DatabaseRef, durability: Durability, ops: readonly StoreOp[], done: (problem: StoreProblem | null) => void): void {
    const writes = ops.map(({ table, key, value }) => ({ table, key, value }))
    const disk = this.database(ref)
    const replica = ref.database === 'replica'
    const first = replica ? writes.filter((write) => this.goesFirst(write)) : []
    const rest = first.length > 0 ? writes.filter((write) => !first.includes(write)) : writes
    if (first.length > 0) disk.write(first, true, () => undefined)
    const flushed = durability === 'strict' && !(this.seams.vaultRelaxed && !replica) && first.length === 0
    disk.write(rest, flushed, (problem) => done(problem === 'gone' ? 'lost' : problem))
  }

  appendJournal(lines: readonly JournalLine[], done: (synced: boolean) => void): void {
    if (this.journalBroken) {
      this.scheduler.after(2, () => done(false))
      return
    }
    const writes = lines.map(({ line, body }) => ({ table: 'lines', key: lineKey(line), value: body }))
    if (this.seams.journalAnswersFirst) {
      this.scheduler.after(1, () => done(true))
      this.scheduler.after(3_000, () => this.journal.write(writes, true, () => undefined))
      return
    }
    this.journal.write(writes, true, (problem) => done(problem === null))
  }

  trimJournal(through: number): void {
    const gone = [...(this.journal.read().get('lines')?.keys() ?? [])].filter((key) => key <= lineKey(through))
    if (gone.length > 0)
      this.journal.write(
        gone.map((key) => ({ table: 'lines', key, value: null })),
        true,
        () => undefined
      )
  }

  keepReplicas(generations: readonly number[]): void {
    for (const generation of this.replicas.keys()) if (!generations.includes(generation)) this.replicas.delete(generation)
  }

  saveCredentials(value: string | null): void {
    this.credentials = value
  }

  readCredentials(): string | null {
    return this.credentials
  }

  readVault(): readonly StoredRow[] {
    return rowsOf(this.vault)
  }

  readJournal(): { readonly lines: readonly JournalLine[]; readonly damaged: number } {
    const lines = [...(this.journal.read().get('lines') ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))
    return { lines: lines.map(([key, body]) => ({ line: Number(key), body })), damaged: 0 }
  }

  /** A replica's rows as the engine is handed them: the small tables, then chunk by chunk, then how it ended. */
  readReplica(generation: number): readonly Input[] {
    const disk = this.replicas.get(generation)
    if (!disk) return [{ type: 'replicaLoaded', generation, outcome: 'missing' }]
    const inputs: Input[] = []
    let damaged = false
    const small: StoredRow[] = []
    for (const row of rowsOf(disk)) {
      if (row.table === 'chunk' || row.table === 'timeline') continue
      if (row.value === 'corrupt') damaged = true
      else small.push(row)
    }
    const timelines = [...(disk.read().get('timeline')?.keys() ?? [])]
    inputs.push({ type: 'replicaOpened', generation, rows: small, timelines })
    for (const [key, raw] of [...(disk.read().get('chunk') ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (raw === 'corrupt') {
        damaged = true
        inputs.push({ type: 'chunkDamaged', generation, key })
      } else inputs.push({ type: 'chunkLoaded', generation, key, images: JSON.parse(raw) as readonly RecordImage[], raw })
    }
    inputs.push({ type: 'replicaLoaded', generation, outcome: damaged ? 'damaged' : 'whole' })
    return inputs
  }

  readTimeline(generation: number, keys: readonly string[]): readonly string[] {
    const rows = this.replicas.get(generation)?.read().get('timeline')
    return keys.flatMap((key) => {
      const value = rows?.get(key)
      return value === undefined || value === 'corrupt' ? [] : [value]
    })
  }

  /** Every row of every replica on this computer, for whoever checks what may lie there. */
  cachedRows(): readonly (StoredRow & { readonly generation: number })[] {
    return [...this.replicas].flatMap(([generation, disk]) => rowsOf(disk).map((row) => ({ ...row, generation })))
  }

  kill(): void {
    for (const disk of this.disks()) disk.kill()
  }

  powerCut(): void {
    for (const disk of this.disks()) disk.powerCut()
  }

  /** The browser engine threw its databases away; journal and keyring are none of its business. */
  wipeBrowserStorage(): void {
    this.vault.kill()
    this.vault = this.disk()
    for (const disk of this.replicas.values()) disk.kill()
    this.replicas.clear()
  }

  /** Since when every disk takes what it is given; null while one does not. */
  get sound(): number | null {
    return this.full || this.journalBroken ? null : this.soundSince
  }

  setFull(full: boolean): void {
    if (this.full) this.soundSince = this.scheduler.now()
    this.full = full
    for (const disk of this.disks()) disk.setFull(full)
  }

  setJournalBroken(broken: boolean): void {
    if (this.journalBroken) this.soundSince = this.scheduler.now()
    this.journalBroken = broken
  }

  corruptReplica(): boolean {
    for (const disk of this.replicas.values()) if (disk.corrupt(this.random.pick(['chunk', 'tail', 'meta']))) return true
    return false
  }

  private goesFirst({ table, key, value }: Write): boolean {
    if (this.seams.cursorFirst) return table === 'meta' && key === 'cursor'
    return this.seams.foldBeforeFlush && table === 'tail' && value === null
  }

  private database(ref: DatabaseRef): Disk {
    if (ref.database === 'vault') return this.vault
    const known = this.replicas.get(ref.generation)
    if (known) return known
    const fresh = this.disk()
    this.replicas.set(ref.generation, fresh)
    return fresh
  }

  private disk(): Disk {
    const disk = new Disk(this.scheduler, this.random, this.meanWrite)
    disk.setFull(this.full)
    return disk
  }

  private disks(): readonly Disk[] {
    return [this.vault, this.journal, ...this.replicas.values()]
  }
}

function lineKey(line: number): string {
  return String(line).padStart(12, '0')
}

function rowsOf(disk: Disk): StoredRow[] {
  const rows: StoredRow[] = []
  for (const [table, entries] of disk.read()) for (const [key, value] of entries) rows.push({ table, key, value })
  return rows
}
