import { TemporaryFault } from '#server/desk-store.ts'
import type {
  Appended,
  Batch,
  ConsoleKey,
  ConsoleStanding,
  DeskStore,
  DeskTransaction,
  NumberBlock,
  NumberGrant,
  Wanted
} from '#server/desk-store.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { consoleKey, Contents, freshConsole, recordKey, UniqueClash } from './contents.ts'
import type { KeptAnswer } from './contents.ts'
import { LockRefused, Locks } from './locks.ts'

/** How the database and the way to it behave; drawn per seed. */
export type StoreWeather = {
  readonly meanHop: number
  /** Chance that a statement takes seconds. */
  readonly stall: number
  /** Chance that the connection breaks on the way to the database or back. */
  readonly lose: number
  /** Chance that a wake-up after a commit does not arrive. */
  readonly loseWake: number
}

export const QUIET_STORE: StoreWeather = { meanHop: 1, stall: 0, lose: 0, loseWake: 0 }

/** Where a planted fault changes how the database works; production has none of these. */
export type StoreSeams = {
  /** Hands out revisions when the append begins, without the log's lock. */
  readonly revisionsBeforeCommit: boolean
  /** Records are not locked while they are decided on. */
  readonly noRecordLocks: boolean
  /** Answers and sequences are written in a transaction of their own after the effects. */
  readonly answersLater: boolean
  /** A schema without unique keys. */
  readonly noUniqueKeys: boolean
  /** The commit is reported before it happened. */
  readonly ackBeforeCommit: boolean
  /** A restarted or restored database goes on in the epoch it had. */
  readonly noEpochs: boolean
}

export const SOUND_STORE: StoreSeams = {
  revisionsBeforeCommit: false,
  noRecordLocks: false,
  answersLater: false,
  noUniqueKeys: false,
  ackBeforeCommit: false,
  noEpochs: false
}

const FEED = 'feed'
const NUMBERS = 'numbers'
const DIRECTORY = 'directory'

type Listener = { readonly node: number; readonly wake: (head?: number) => void }

/**
 * PostgreSQL as the desk uses it: transactions that hold row locks until they end, read committed, deadlocks found, an append that
 * takes the log's lock last and commits in the same round trip, connections that break before or after a commit, a process
 * that dies and a backup that is put back. Every round trip is an event of the world.
 */
export class ModelStore {
  contents = new Contents()
  private readonly locks = new Locks()
  /** Open transactions; `undo` takes back, newest first, what one has written before its commit. */
  private readonly open = new Map<number, { readonly node: number; readonly undo: (() => void)[] }>()
  private nextTransaction = 1
  private process = 1
  private restores = 0
  private up = true
  private listeners: Listener[] = []
  private readonly scheduler: Scheduler
  private readonly random: Random
  private readonly wall: () => number
  private readonly weather: () => StoreWeather
  private readonly seams: StoreSeams
  private readonly onCommit: (batch: Batch, at: Appended) => void

  constructor(
    scheduler: Scheduler,
    random: Random,
    options: {
      readonly wall: () => number
      readonly weather: () => StoreWeather
      readonly seams: StoreSeams
      readonly onCommit: (batch: Batch, at: Appended) => void
    }
  ) {
    this.scheduler = scheduler
    this.random = random
    this.wall = options.wall
    this.weather = options.weather
    this.seams = options.seams
    this.onCommit = options.onCommit
  }

  /** The database process dies: every transaction that had not committed is gone, every connection breaks. Committed work stays (fsync). */
  crash(): void {
    this.up = false
    this.process += 1
    for (const transaction of this.open.keys()) this.end(transaction)
  }

  start(): void {
    this.up = true
  }

  get running(): boolean {
    return this.up
  }

  /** Writes what a world begins with, outside of time. */
  load(batch: Batch): Appended {
    const base = this.contents.head
    return { epoch: this.contents.commit(batch, base, this.identity(), this.wall(), this.seams), base }
  }

  backup(): Contents {
    return this.contents.copy()
  }

  /** The database is put back as it was when the backup was taken. */
  restore(backup: Contents): void {
    this.crash()
    this.restores += 1
    this.contents = backup.copy()
    this.start()
  }

  /** A node died: its connections close and its open transactions are rolled back. */
  drop(node: number): void {
    this.listeners = this.listeners.filter((listener) => listener.node !== node)
    for (const [transaction, { node: owner }] of this.open) if (owner === node) this.end(transaction)
  }

  /** The port for one server node; `alive` turns false when the node is killed, and nothing settles for it any more. */
  connect(node: number, alive: () => boolean): DeskStore {
    const ask = async <T>(work: () => T | Promise<T>): Promise<T> => {
      await this.travel(alive, null)
      const answer = await work()
      await this.travel(alive, null)
      return answer
    }
    return {
      begin: (wanted) => this.begin(node, alive, wanted),
      readLog: (after, limit) => ask(() => this.contents.readLog(after, limit)),
      readDirectory: () => ask(() => this.contents.directory()),
      openConsole: (key, _appVersion, _now) => ask(() => this.openConsole(key)),
      noteContacts: (contacts) =>
        ask(() => {
          for (const { key, at } of contacts) this.noteContact(key, at)
          const { numbers } = this.contents
          const newest = Math.max(numbers.aliveAt ?? 0, ...contacts.map(({ at }) => at)) as Instant
          if (numbers.identity === this.identity()) this.contents.numbers = { ...numbers, aliveAt: newest }
        }),
      leaseNumbers: (consoleId, count, grant) =>
        ask(async () => {
          const transaction = this.enter(node)
          try {
            await this.lock(transaction, NUMBERS)
            const blocks = this.grant(consoleId, count, grant)
            blocks.apply()
            return blocks.blocks
          } finally {
            this.end(transaction)
          }
        }),
      readTimelines: (caseIds) => ask(() => this.contents.timelines(caseIds)),
      searchCases: (search) => ask(() => this.contents.searchCases(search)),
      countSnapshot: (view) => ask(() => this.contents.countSnapshot(view)),
      snapshotPage: (view, phase, after, limit) => ask(() => this.contents.snapshotPage(view, phase, after, limit)),
      onGrowth: (wake) => {
        const listener = { node, wake }
        this.listeners.push(listener)
        return () => {
          this.listeners = this.listeners.filter((other) => other !== listener)
        }
      }
    }
  }

  private async begin(node: number, alive: () => boolean, wanted: Wanted): Promise<DeskTransaction> {
    await this.travel(alive, null)
    const transaction = this.enter(node)
    const within = async <T>(work: () => T | Promise<T>): Promise<T> => {
      await this.travel(alive, transaction)
      this.mustBeOpen(transaction)
      try {
        const answer = await work()
        await this.travel(alive, transaction)
        return answer
      } catch (error) {
        this.end(transaction)
        throw error
      }
    }
    try {
      if (wanted.directory) await this.lock(transaction, DIRECTORY)
      for (const key of wanted.consoles.toSorted((a, b) => (consoleKey(a) < consoleKey(b) ? -1 : 1)))
        await this.lock(transaction, `console ${consoleKey(key)}`)
      const consoles = wanted.consoles.map((key) => this.contents.consoles.get(consoleKey(key)) ?? freshConsole(key))
      const answered = new Map(wanted.commandIds.flatMap((id) => entryOf(this.contents.answers.get(id))))
      const directoryRevision = this.contents.directoryRevision
      const { lock = [], read = [] } = wanted
      if (!this.seams.noRecordLocks) await this.lockAll(transaction, lock)
      const records = this.contents.read([...lock, ...read])
      await this.travel(alive, transaction)
      return {
        consoles,
        answered,
        records,
        directoryRevision,
        lockRecords: (refs) =>
          within(async () => {
            if (!this.seams.noRecordLocks) await this.lockAll(transaction, refs)
            return this.contents.read(refs)
          }),
        readRecords: (refs) => within(() => this.contents.read(refs)),
        numberStandings: (asked) => within(() => this.contents.numberStandings(asked)),
        takeNumbers: (consoleId, count, grant) =>
          within(async () => {
            await this.lock(transaction, NUMBERS)
            const before = { numbers: this.contents.numbers, leases: this.contents.leases }
            const granted = this.grant(consoleId, count, grant)
            granted.apply()
            const contents = this.contents
            this.open.get(transaction)?.undo.push(() => {
              contents.numbers = before.numbers
              contents.leases = before.leases
            })
            return granted.blocks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
          }),
        loggedCommands: (commandIds) => within(() => this.contents.loggedCommands(commandIds)),
        openCaseCounts: (refs) => within(() => this.contents.openCaseCounts(refs)),
        newestByOthers: (asked) => within(() => this.contents.newestByOthers(asked)),
        appendAndCommit: async (batch) => {
          await this.travel(alive, transaction)
          this.mustBeOpen(transaction)
          const appended = await this.append(transaction, batch)
          await this.travel(alive, null)
          return appended
        },
        rollback: async () => {
          await this.travel(alive, transaction)
          this.end(transaction)
          await this.travel(alive, null)
        }
      }
    } catch (error) {
      this.end(transaction)
      throw error
    }
  }

  /** One statement at the database: nothing between the lock and the commit depends on the client any more. */
  private async append(transaction: number, batch: Batch): Promise<Appended> {
    const { seams } = this
    const early = seams.revisionsBeforeCommit ? this.takeRevisions(batch.entries.length) : null
    if (early === null) await this.lock(transaction, FEED)
    const appended = new Promise<Appended>((resolve, reject) => {
      this.scheduler.after(this.random.wait(seams.revisionsBeforeCommit ? 8 : 1), () => {
        if (!this.open.has(transaction)) {
          reject(new TemporaryFault('the database process ended before the commit', { conflict: false }))
          return
        }
        try {
          const written = seams.answersLater ? { ...batch, answers: [], consoles: [] } : batch
          const base = early ?? this.contents.head
          const epoch = this.contents.commit(written, base, this.identity(), this.wall(), seams)
          this.open.get(transaction)?.undo.splice(0)
          this.onCommit(batch, { epoch, base })
          this.end(transaction)
          if (batch.entries.length > 0) this.wakeUp()
          if (seams.answersLater) this.writeAnswersLater(batch, base)
          resolve({ epoch, base })
        } catch (error) {
          this.end(transaction)
          reject(error instanceof UniqueClash ? new TemporaryFault(error.message, { conflict: true, cause: error }) : error)
        }
      })
    })
    if (seams.ackBeforeCommit) {
      appended.catch(() => undefined)
      return { epoch: this.contents.epochs.at(-1)?.epoch ?? 1, base: this.contents.head }
    }
    return appended
  }

  private takenRevisions = 0

  private takeRevisions(count: number): number {
    const base = Math.max(this.takenRevisions, this.contents.head)
    this.takenRevisions = base + count
    return base
  }

  private writeAnswersLater(batch: Batch, base: number): void {
    const { process } = this
    this.scheduler.after(this.random.wait(5), () => {
      if (this.process !== process) return
      this.contents.commit({ ...batch, entries: [] }, base, this.identity(), this.wall(), this.seams)
    })
  }

  private grant(
    consoleId: string,
    count: number,
    grant: NumberGrant
  ): { readonly blocks: readonly NumberBlock[]; readonly apply: () => void } {
    const { identity, lineage, ...space } = this.contents.numbers
    const since = identity === this.identity() ? 'same' : lineage === this.lineage() ? 'restarted' : 'restored'
    const granted = grant({ ...space, since }, count)
    return {
      blocks: granted.blocks,
      apply: () => {
        this.contents.numbers = { ...granted.space, identity: this.identity(), lineage: this.lineage() }
        this.contents.leases = [
          ...this.contents.leases,
          ...(granted.lost ? [{ ...granted.lost, consoleId: null }] : []),
          ...granted.blocks.map((block) => ({ ...block, consoleId }))
        ]
      }
    }
  }

  private openConsole(key: ConsoleKey): ConsoleStanding {
    const known = this.contents.consoles.get(consoleKey(key))
    if (known) return known
    const fresh = freshConsole(key)
    this.contents.consoles.set(consoleKey(key), fresh)
    return fresh
  }

  private noteContact(key: ConsoleKey, at: Instant): void {
    const known = this.contents.consoles.get(consoleKey(key))
    if (known && (known.lastContactAt === null || known.lastContactAt < at))
      this.contents.consoles.set(consoleKey(key), { ...known, lastContactAt: at })
  }

  private async lockAll(transaction: number, refs: readonly RecordRef[]): Promise<void> {
    for (const key of refs.map(recordKey).toSorted()) if (this.contents.records.has(key)) await this.lock(transaction, `record ${key}`)
  }

  private async lock(transaction: number, key: string): Promise<void> {
    try {
      await this.locks.acquire(transaction, key)
    } catch (error) {
      if (error instanceof LockRefused) throw new TemporaryFault(error.message, { conflict: error.deadlock, cause: error })
      throw error
    }
  }

  private enter(node: number): number {
    const transaction = this.nextTransaction++
    this.open.set(transaction, { node, undo: [] })
    return transaction
  }

  /** Rolls back whatever was not committed. */
  private end(transaction: number): void {
    const undo = this.open.get(transaction)?.undo ?? []
    this.open.delete(transaction)
    for (const run of undo.toReversed()) run()
    this.locks.release(transaction)
  }

  private mustBeOpen(transaction: number): void {
    if (!this.open.has(transaction)) throw new TemporaryFault('the database ended this transaction', { conflict: false })
  }

  /** What the database knows of having been put back from a backup. */
  private lineage(): string {
    return `lineage ${1 + this.restores}`
  }

  private identity(): string {
    return `process ${this.process}`
  }

  private wakeUp(): void {
    const { head } = this.contents
    for (const listener of this.listeners) {
      if (this.random.chance(this.weather().loseWake)) continue
      this.scheduler.after(1 + this.random.wait(2), () => {
        if (this.listeners.includes(listener)) listener.wake(head)
      })
    }
  }

  /** One way of a round trip. A dead node never hears again; a broken connection ends the transaction it carried. */
  private travel(alive: () => boolean, transaction: number | null): Promise<void> {
    const weather = this.weather()
    const stall = weather.stall > 0 && this.random.chance(weather.stall) ? this.random.wait(4_000) : 0
    const lost = weather.lose > 0 && this.random.chance(weather.lose)
    return new Promise((resolve, reject) => {
      this.scheduler.after(this.random.wait(weather.meanHop) + stall, () => {
        if (!alive()) {
          if (transaction !== null) this.end(transaction)
          return
        }
        if (this.up && !lost) {
          resolve()
          return
        }
        if (transaction !== null) this.end(transaction)
        reject(new TemporaryFault(this.up ? 'Connection terminated unexpectedly' : 'connect ECONNREFUSED', { conflict: false }))
      })
    })
  }
}

function entryOf(
  kept: KeptAnswer | undefined
): readonly (readonly [string, { readonly commandId: string; readonly revision: number; readonly body: KeptAnswer['body'] }])[] {
  return kept ? [[kept.commandId, { commandId: kept.commandId, revision: kept.revision, body: kept.body }]] : []
}
