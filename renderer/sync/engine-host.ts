import { Engine } from './engine.ts'
import type { Effect, WindowMessage } from './engine/effect.ts'
import type { BootInput, Input } from './engine/input.ts'
import type { AnswerTo, QuestionName } from './engine/question.ts'
import type { Reading } from './engine/reading.ts'
import type { StoreOp } from './engine/store-op.ts'
import { callHttp } from './net/http.ts'
import { downloadSnapshot } from './net/snapshot-download.ts'
import { socketTransport } from './net/transport.ts'
import type { Journal, Storage } from './storage/storage.ts'
import type { RecordImage } from '#shared/domain/record.ts'

export type HostPorts = {
  readonly clock: () => Reading
  readonly random: () => number
  readonly storage: Storage
  readonly journal: Journal | null
  readonly saveCredentials: (value: string | null) => Promise<void>
  readonly tell: (window: number | 'all', message: WindowMessage) => void
  readonly answer: (window: number, ask: number, answer: AnswerTo<QuestionName>) => void
  readonly superseded: () => void
  readonly fault: (doing: string, error: unknown) => void
}

/** Chunk writes that may be under way before a snapshot stream is made to wait. */
const WRITES_AHEAD = 4

/** Carries out what the engine wants on real edges and brings back what became of it. Used by the worker and by headless consoles alike. */
export class EngineHost {
  readonly #ports: HostPorts
  readonly #engine: Engine
  readonly #waiting: Input[] = []
  #handling = false
  #closed = false
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #downloads = new Map<number, AbortController>()
  readonly #transport = socketTransport({
    opened: (link) => this.feed({ type: 'linkOpened', link }),
    closed: (link, reason) => this.feed({ type: 'linkClosed', link, reason }),
    replied: (link, request, reply) => this.feed({ type: 'replied', link, request, reply }),
    heard: (link, event, body) => this.feed({ type: 'heard', link, event, body })
  })
  #vaultQueue: { readonly ticket: number; readonly ops: readonly StoreOp[] }[] = []
  #vaultBusy = false
  #journalQueue: { readonly ticket: number; readonly lines: readonly { readonly line: number; readonly body: string }[] }[] = []
  #journalBusy = false
  #credentials: Promise<void> = Promise.resolve()
  #replicaTail: Promise<void> = Promise.resolve()
  #replicaWrites = 0
  #replicaRoom: (() => void)[] = []

  constructor(ports: HostPorts) {
    this.#ports = ports
    this.#engine = new Engine({ random: ports.random })
  }

  /** Opens the disk and starts the engine. */
  async boot(facts: Pick<BootInput, 'installId' | 'appVersion' | 'serverUrl' | 'credentials'>): Promise<void> {
    const [vault, journal] = await Promise.all([this.#ports.storage.openVault(), this.#ports.journal?.read() ?? null])
    this.feed({ type: 'boot', ...facts, vault: vault.rows, unreadableRows: vault.unreadable, journal })
  }

  /** Hands the engine one input; inputs that arrive while one is handled wait their turn. */
  feed(input: Input): void {
    this.#waiting.push(input)
    if (this.#handling || this.#closed) return
    this.#handling = true
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        for (const effect of this.#engine.handle(next, this.#ports.clock())) this.#carryOut(effect)
      }
    } finally {
      this.#handling = false
    }
  }

  /** Stops everything without another word to the server; what is not on disk by now is lost, as in a crash. */
  async close(): Promise<void> {
    this.#closed = true
    for (const timer of this.#timers.values()) clearTimeout(timer)
    for (const download of this.#downloads.values()) download.abort()
    for (const link of this.#links) this.#transport.close(link)
    await this.#replicaTail
    await this.#ports.storage.close()
  }

  readonly #links = new Set<number>()

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'answer':
        return this.#ports.answer(effect.window, effect.ask, effect.answer)
      case 'tell':
        return this.#ports.tell(effect.window, effect.message)
      case 'setTimer':
        clearTimeout(this.#timers.get(effect.timer))
        this.#timers.set(
          effect.timer,
          setTimeout(() => {
            this.#timers.delete(effect.timer)
            this.feed({ type: 'timer', timer: effect.timer })
          }, effect.delay)
        )
        return
      case 'clearTimer':
        clearTimeout(this.#timers.get(effect.timer))
        this.#timers.delete(effect.timer)
        return
      case 'openLink':
        this.#links.add(effect.link)
        return this.#transport.open(effect.link, effect.url, effect.token)
      case 'closeLink':
        this.#links.delete(effect.link)
        return this.#transport.close(effect.link)
      case 'send':
        return this.#transport.send(effect.link, effect.request, effect.name, effect.body)
      case 'callHttp':
        return this.#call(effect)
      case 'startSnapshot':
        return this.#download(effect)
      case 'stopSnapshot':
        this.#downloads.get(effect.download)?.abort()
        this.#downloads.delete(effect.download)
        return
      case 'store':
        return effect.in.database === 'vault' ? this.#writeVault(effect.ticket, effect.ops) : this.#writeReplica(effect)
      case 'journal':
        this.#journalQueue.push({ ticket: effect.ticket, lines: effect.lines })
        return this.#pumpJournal()
      case 'trimJournal':
        return this.#run('trimming the journal', async () => this.#ports.journal?.trim(effect.through))
      case 'loadReplica':
        return this.#run('reading the replica', () => this.#loadReplica(effect.generation))
      case 'keepReplicas':
        return this.#run('dropping old replicas', () => this.#ports.storage.keepReplicas(effect.generations))
      case 'readTimeline':
        return this.#run('reading a timeline', async () => {
          const read = effect.keys.map((key) => this.#ports.storage.read(effect.generation, 'timeline', key).catch(() => null))
          const values = (await Promise.all(read)).filter((value) => value !== null)
          this.feed({ type: 'timelineRead', caseId: effect.caseId, generation: effect.generation, values })
        })
      case 'saveCredentials':
        // One after the other: the last one told is the one that has to stay.
        this.#credentials = this.#credentials
          .then(() => this.#ports.saveCredentials(effect.value))
          .catch((error: unknown) => this.#ports.fault('saving credentials', error))
        return
      case 'superseded':
        return this.#ports.superseded()
      case 'fault':
        return this.#ports.fault(effect.doing, effect.error)
    }
  }

  #call(effect: Extract<Effect, { type: 'callHttp' }>): void {
    callHttp(effect).then(
      ({ status, body }) => this.feed({ type: 'httpReplied', call: effect.call, status, body }),
      (error: unknown) => this.feed({ type: 'httpFailed', call: effect.call, reason: String(error) })
    )
  }

  #download(effect: Extract<Effect, { type: 'startSnapshot' }>): void {
    const controller = new AbortController()
    this.#downloads.set(effect.download, controller)
    this.#run('downloading a snapshot', () =>
      downloadSnapshot(
        effect.url,
        effect.token,
        effect.resume,
        {
          line: async (line, raw) => {
            await this.#roomForWrites()
            if (!controller.signal.aborted) this.feed({ type: 'snapshotLine', download: effect.download, line, raw })
          },
          ended: (status) => this.feed({ type: 'snapshotEnded', download: effect.download, status })
        },
        controller.signal
      )
    )
  }

  /** Vault writes that pile up behind one under way share the next transaction: one trip to the medium for all of them. */
  #writeVault(ticket: number, ops: readonly StoreOp[]): void {
    this.#vaultQueue.push({ ticket, ops })
    if (!this.#vaultBusy) this.#run('writing the vault', () => this.#pumpVault())
  }

  async #pumpVault(): Promise<void> {
    this.#vaultBusy = true
    while (this.#vaultQueue.length > 0 && !this.#closed) {
      const batch = this.#vaultQueue
      this.#vaultQueue = []
      const ops = lastOfEach(batch.flatMap((one) => one.ops))
      const problem = await this.#ports.storage.write({ database: 'vault' }, ops, 'strict')
      for (const { ticket } of batch) this.feed(problem === null ? { type: 'stored', ticket } : { type: 'storeFailed', ticket, problem })
    }
    this.#vaultBusy = false
  }

  #pumpJournal(): void {
    const { journal } = this.#ports
    if (this.#journalBusy || !journal) return
    this.#journalBusy = true
    this.#run('writing the journal', async () => {
      while (this.#journalQueue.length > 0 && !this.#closed) {
        const batch = this.#journalQueue.splice(0, 50)
        const written = await journal.append(batch.flatMap((one) => one.lines)).then(
          () => true,
          () => false
        )
        for (const { ticket } of batch) this.feed(written ? { type: 'journaled', ticket } : { type: 'journalFailed', ticket })
      }
      this.#journalBusy = false
    })
  }

  #writeReplica(effect: Extract<Effect, { type: 'store' }>): void {
    this.#replicaWrites += 1
    this.#replicaTail = this.#replicaTail.then(async () => {
      const problem = await this.#ports.storage.write(effect.in, effect.ops, effect.durability)
      this.#replicaWrites -= 1
      for (const wake of this.#replicaRoom.splice(0)) wake()
      this.feed(problem === null ? { type: 'stored', ticket: effect.ticket } : { type: 'storeFailed', ticket: effect.ticket, problem })
    })
  }

  async #roomForWrites(): Promise<void> {
    while (this.#replicaWrites > WRITES_AHEAD && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#replicaRoom.push(resolve)
      await promise
    }
  }

  async #loadReplica(generation: number): Promise<void> {
    const { storage } = this.#ports
    const small = await storage.openReplica(generation).catch(() => null)
    if (!small) return this.feed({ type: 'replicaLoaded', generation, outcome: 'missing' })
    this.feed({ type: 'replicaOpened', generation, rows: small.rows, timelines: small.timelines })
    let outcome: 'whole' | 'damaged' = small.unreadable > 0 ? 'damaged' : 'whole'
    try {
      for await (const { key, value } of storage.chunks(generation)) {
        const images = value === null ? null : readImages(value)
        if (images && value !== null) this.feed({ type: 'chunkLoaded', generation, key, images, raw: value })
        else {
          outcome = 'damaged'
          this.feed({ type: 'chunkDamaged', generation, key })
        }
      }
    } catch (error) {
      this.#ports.fault('reading the chunks of the replica', error)
      outcome = 'damaged'
    }
    this.feed({ type: 'replicaLoaded', generation, outcome })
  }

  #run(doing: string, work: () => Promise<unknown>): void {
    work().catch((error: unknown) => this.#ports.fault(doing, error))
  }
}

/** Of several writes to one row only the last counts. */
function lastOfEach(ops: readonly StoreOp[]): readonly StoreOp[] {
  const last = new Map<string, StoreOp>()
  for (const op of ops) last.set(`${op.table}/${op.key}`, op)
  return [...last.values()]
}

function readImages(value: string): readonly RecordImage[] | null {
  try {
    const images: unknown = JSON.parse(value)
    return Array.isArray(images) ? (images as readonly RecordImage[]) : null
  } catch {
    return null
  }
}
