import type { Command } from '#shared/domain/command.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { CommandId } from '#shared/domain/identity.ts'
import type { Answer, Push } from '#shared/protocol/push.ts'
import type { ChangesRequest } from '#shared/protocol/changes.ts'
import type { Hello } from '#shared/protocol/hello.ts'
import type { BoardRecord, CaseTimeline, EngineState } from '#renderer/sync/engine-api.ts'
import { Engine } from '#renderer/sync/engine.ts'
import type { BoardMessage, Effect, SendEffect, WindowMessage } from '#renderer/sync/engine/effect.ts'
import type { Input } from '#renderer/sync/engine/input.ts'
import type { AnswerTo, Question, QuestionName, Questions } from '#renderer/sync/engine/question.ts'
import type { StoredRow, StoreOp, StoreProblem } from '#renderer/sync/engine/store-op.ts'
import { newId } from '#renderer/sync/new-id.ts'
import { START, uuid } from '#test/make.ts'
import type { TestDesk } from '#test/make.ts'
import { TinyDesk } from './tiny-desk.ts'

type Store = Extract<Effect, { type: 'store' }>
type Rows = Map<string, string>

/** The computer's disk: what is in it is on the medium. */
export class TestDisk {
  vault: Rows = new Map()
  replicas = new Map<number, Rows>()
  journal: { readonly line: number; readonly body: string }[] = []
  credentials: string | null = null

  write(effect: Pick<Store, 'in' | 'ops'>): void {
    const rows = effect.in.database === 'vault' ? this.vault : this.replica(effect.in.generation)
    for (const op of effect.ops) apply(rows, op)
  }

  replica(generation: number): Rows {
    const known = this.replicas.get(generation) ?? new Map<string, string>()
    this.replicas.set(generation, known)
    return known
  }

  copy(): TestDisk {
    const copy = new TestDisk()
    copy.vault = new Map(this.vault)
    copy.replicas = new Map([...this.replicas].map(([generation, rows]) => [generation, new Map(rows)]))
    copy.journal = [...this.journal]
    copy.credentials = this.credentials
    return copy
  }
}

/** What one window was told. */
class TestWindow {
  readonly records = new Map<string, BoardRecord>()
  readonly timelines = new Map<string, CaseTimeline>()
  readonly answers = new Map<number, unknown>()
  readonly saved = new Set<string>()
  readonly confirmed = new Map<string, Answer>()
  state: EngineState | null = null
  complete = false
  resets = 0

  hear(message: WindowMessage): void {
    if (message.type === 'state') this.state = message.state
    if (message.type === 'board') this.board(message)
    if (message.type === 'timeline') this.timelines.set(message.timeline.caseId, message.timeline)
    if (message.type === 'saved') for (const id of message.commandIds) this.saved.add(id)
    if (message.type === 'confirmed') for (const answer of message.answers) this.confirmed.set(answer.id, answer)
  }

  private board(message: BoardMessage): void {
    if (message.reset) {
      this.records.clear()
      this.resets += 1
    }
    const raw = message.raw === null ? [] : (JSON.parse(message.raw) as readonly BoardRecord[]).map((image) => ({ ...image, pending: 0 }))
    for (const record of [...raw, ...message.records]) this.records.set(`${record.kind}:${record.id}`, record)
    for (const ref of message.gone) this.records.delete(`${ref.kind}:${ref.id}`)
    this.complete = message.complete
  }
}

export type RigOptions = {
  readonly disk?: TestDisk
  readonly wall?: number
  readonly clock?: { wall: number }
  readonly journal?: boolean
  readonly seed?: number
}

/**
 * One engine on edges that a test holds in its hands: the disk writes and the server answers at once unless told to wait, time
 * stands still unless moved. Several rigs on one desk are several computers; a rig on another's disk is that computer after a restart.
 */
export class Rig {
  readonly engine: Engine
  readonly desk: TinyDesk
  readonly people: TestDesk
  readonly disk: TestDisk
  readonly windows = new Map<number, TestWindow>()
  readonly effects: Effect[] = []
  readonly faults: unknown[] = []
  readonly timers = new Map<string, number>()
  mono = 0
  readonly clock: { wall: number }
  link: number | null = null
  /** Requests that arrived at the server and wait there: with `online` they are answered at once. */
  requests: SendEffect[] = []
  /** Disk writes that wait: with `diskWorks` they are carried out at once. */
  writes: Effect[] = []
  online = false
  /** A path to which the server says nothing. */
  unanswered: string | null = null
  diskWorks = true
  journalWorks = true
  /** What disk writes end with in place of being carried out. */
  problem: StoreProblem | null = null
  /** The disk takes its time reading the replica. */
  holdReplica = false
  #heldReplica: number | null = null
  me: Person
  readonly #random: () => number
  #asks = 0
  #feeding = false
  readonly #inputs: Input[] = []
  readonly #journalKept: boolean

  constructor(people: TestDesk, desk: TinyDesk, options: RigOptions = {}) {
    this.people = people
    this.desk = desk
    this.me = people.agent
    this.disk = options.disk ?? new TestDisk()
    this.clock = options.clock ?? { wall: options.wall ?? START }
    this.#journalKept = options.journal ?? true
    this.#random = seeded(options.seed ?? 1)
    this.engine = new Engine({ random: this.#random })
  }

  get wall(): number {
    return this.clock.wall
  }

  set wall(wall: number) {
    this.clock.wall = wall
  }

  /** Starts from the disk, with one window that watches the board. */
  boot(): this {
    this.feed({
      type: 'boot',
      installId: uuid(77),
      appVersion: '0.1.0',
      serverUrl: 'http://desk.example',
      credentials: this.disk.credentials,
      vault: rowsOf(this.disk.vault),
      unreadableRows: 0,
      journal: this.#journalKept ? { lines: this.disk.journal, damaged: 0 } : null
    })
    this.openWindow(1)
    return this
  }

  openWindow(number: number): TestWindow {
    const window = new TestWindow()
    this.windows.set(number, window)
    this.feed({ type: 'attached', window: number })
    this.feed({ type: 'boardWanted', window: number })
    return window
  }

  get window(): TestWindow {
    const window = this.windows.get(1)
    if (!window) throw new Error('the rig has not booted')
    return window
  }

  get state(): EngineState {
    if (!this.window.state) throw new Error('the engine has told no state')
    return this.window.state
  }

  /** A console that has signed in, loaded the desk and is live. */
  live(person: Person = this.people.agent): this {
    this.boot()
    this.online = true
    this.signIn(person)
    return this
  }

  signIn(person: Person): this {
    this.me = person
    this.ask('signIn', { name: person.name, password: 'right' })
    return this
  }

  ask<N extends QuestionName>(name: N, body: Questions[N]['ask'], window = 1): number {
    this.#asks += 1
    this.feed({ type: 'asked', window, ask: this.#asks, question: { name, body } as Question })
    return this.#asks
  }

  answerTo<N extends QuestionName>(_: N, ask: number, window = 1): AnswerTo<N> | undefined {
    return this.windows.get(window)?.answers.get(ask) as AnswerTo<N> | undefined
  }

  /** Gives a command; the id of an accepted one, the refusal's code otherwise. */
  submit<T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>): string {
    const ask = this.ask('submit', { commandId: newId(this.wall, this.#random), commandType: type, recordId, payload: payload as never })
    const submission = this.answerTo('submit', ask)
    if (!submission) throw new Error('the engine did not answer')
    return submission.accepted ? submission.commandId : submission.refusal.code
  }

  /** Inputs that come of effects wait until all effects of the present one are carried out, as they do on real edges. */
  feed(input: Input): void {
    this.#inputs.push(input)
    if (this.#feeding) return
    this.#feeding = true
    for (let next = this.#inputs.shift(); next; next = this.#inputs.shift()) {
      for (const effect of this.engine.handle(next, { mono: this.mono, wall: this.wall })) this.#carryOut(effect)
    }
    this.#feeding = false
  }

  /** Time passes on both clocks; timers fire in order. */
  advance(milliseconds: number): void {
    const until = this.mono + milliseconds
    for (;;) {
      const due = [...this.timers].filter(([, at]) => at <= until).toSorted(([, a], [, b]) => a - b)[0]
      if (!due) break
      const [timer, at] = due
      this.timers.delete(timer)
      this.wall += Math.max(0, at - this.mono)
      this.mono = Math.max(this.mono, at)
      this.feed({ type: 'timer', timer })
    }
    this.wall += until - this.mono
    this.mono = until
  }

  /** The server answers everything that waits, and what follows from it. */
  serve(): void {
    while (this.requests.length > 0) {
      const request = this.requests.shift()
      if (request) this.answer(request)
    }
  }

  answer(request: SendEffect): void {
    this.feed({ type: 'replied', link: request.link, request: request.request, reply: this.#replyTo(request) })
  }

  /** The socket dies. */
  cut(reason: 'closed' | 'unreachable' = 'closed'): void {
    const { link } = this
    this.link = null
    this.requests = []
    if (link !== null) this.feed({ type: 'linkClosed', link, reason })
  }

  /** The server pokes with everything after the given revision. */
  poke(after = this.desk.log.length - 1): void {
    if (this.link === null) return
    const page = this.desk.page({ epoch: this.desk.epoch, revision: after })
    this.feed({ type: 'heard', link: this.link, event: 'poke', body: { head: this.desk.head, page } })
  }

  /** Carries out what waits for the disk. */
  writeAll(): void {
    const works = this.diskWorks
    this.diskWorks = true
    while (this.writes.length > 0) {
      const write = this.writes.shift()
      if (write) this.#carryOut(write)
    }
    this.diskWorks = works
  }

  /** The same computer after a crash: what is on the disk and nothing else. */
  restarted(options: RigOptions = {}): Rig {
    const next = new Rig(this.people, this.desk, { disk: this.disk.copy(), clock: this.clock, seed: 99, ...options })
    next.me = this.me
    return next
  }

  sent(name: SendEffect['name']): readonly SendEffect[] {
    return this.effects.filter((effect): effect is SendEffect => effect.type === 'send' && effect.name === name)
  }

  pushed(): readonly Command[] {
    return this.sent('push').flatMap((effect) => (effect.body as Push).commands)
  }

  #carryOut(effect: Effect): void {
    this.effects.push(effect)
    switch (effect.type) {
      case 'answer':
        this.windows.get(effect.window)?.answers.set(effect.ask, effect.answer)
        return
      case 'tell':
        for (const [number, window] of this.windows) if (effect.window === 'all' || effect.window === number) window.hear(effect.message)
        return
      case 'setTimer':
        this.timers.set(effect.timer, this.mono + effect.delay)
        return
      case 'clearTimer':
        this.timers.delete(effect.timer)
        return
      case 'openLink':
        if (!this.online) return this.feed({ type: 'linkClosed', link: effect.link, reason: 'unreachable' })
        this.link = effect.link
        return this.feed({ type: 'linkOpened', link: effect.link })
      case 'closeLink':
        if (this.link === effect.link) this.link = null
        return
      case 'send':
        if (this.online) this.answer(effect)
        else this.requests.push(effect)
        return
      case 'callHttp':
        return this.#http(effect)
      case 'startSnapshot':
        for (const line of this.desk.snapshot(this.me)) {
          this.feed({
            type: 'snapshotLine',
            download: effect.download,
            line,
            raw: line.type === 'chunk' ? JSON.stringify(line.images) : null
          })
        }
        return
      case 'stopSnapshot':
        return
      case 'store':
      case 'journal':
        return this.#write(effect)
      case 'trimJournal':
        this.disk.journal = this.disk.journal.filter(({ line }) => line > effect.through)
        return
      case 'loadReplica':
        return this.#loadReplica(effect.generation)
      case 'keepReplicas':
        for (const generation of this.disk.replicas.keys())
          if (!effect.generations.includes(generation)) this.disk.replicas.delete(generation)
        return
      case 'readTimeline': {
        const rows = this.disk.replica(effect.generation)
        const values = effect.keys.flatMap((key) => rows.get(`timeline/${key}`) ?? [])
        return this.feed({ type: 'timelineRead', caseId: effect.caseId, generation: effect.generation, values })
      }
      case 'saveCredentials':
        this.disk.credentials = effect.value
        return
      case 'superseded':
        return
      case 'fault':
        this.faults.push(effect.error)
    }
  }

  #write(effect: Extract<Effect, { type: 'store' | 'journal' }>): void {
    if (effect.type === 'journal') {
      if (!this.journalWorks) return this.feed({ type: 'journalFailed', ticket: effect.ticket })
      if (!this.diskWorks) return void this.writes.push(effect)
      this.disk.journal.push(...effect.lines)
      return this.feed({ type: 'journaled', ticket: effect.ticket })
    }
    if (this.problem !== null) return this.feed({ type: 'storeFailed', ticket: effect.ticket, problem: this.problem })
    if (!this.diskWorks) return void this.writes.push(effect)
    this.disk.write(effect)
    this.feed({ type: 'stored', ticket: effect.ticket })
  }

  releaseReplica(): void {
    this.holdReplica = false
    const generation = this.#heldReplica
    if (generation !== null) this.#loadReplica(generation)
  }

  #loadReplica(generation: number): void {
    if (this.holdReplica) {
      this.#heldReplica = generation
      return
    }
    const rows = this.disk.replicas.get(generation)
    if (!rows) return this.feed({ type: 'replicaLoaded', generation, outcome: 'missing' })
    const all = rowsOf(rows)
    this.feed({
      type: 'replicaOpened',
      generation,
      rows: all.filter(({ table }) => table !== 'chunk' && table !== 'timeline'),
      timelines: all.filter(({ table }) => table === 'timeline').map(({ key }) => key)
    })
    let outcome: 'whole' | 'damaged' = 'whole'
    for (const { key, value } of all.filter(({ table }) => table === 'chunk').toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      if (value === 'damaged') {
        outcome = 'damaged'
        this.feed({ type: 'chunkDamaged', generation, key })
      } else this.feed({ type: 'chunkLoaded', generation, key, images: JSON.parse(value) as never, raw: value })
    }
    this.feed({ type: 'replicaLoaded', generation, outcome })
  }

  #http(effect: Extract<Effect, { type: 'callHttp' }>): void {
    const reply = (status: number, body: unknown) => this.feed({ type: 'httpReplied', call: effect.call, status, body })
    if (effect.path === this.unanswered) return
    if (!this.online && effect.path !== '/desk') return this.feed({ type: 'httpFailed', call: effect.call, reason: 'no network' })
    if (effect.path === '/desk') {
      if (this.online) reply(200, { deskId: this.desk.deskId, name: 'Test desk', version: '0.1.0', protocol: 1, sampleAccounts: [] })
      else this.feed({ type: 'httpFailed', call: effect.call, reason: 'no network' })
    } else if (effect.method === 'DELETE') reply(204, null)
    else reply(200, this.#session())
  }

  #session() {
    const now = Math.round(this.desk.serverNow())
    return {
      accessToken: `token-${now}`,
      accessExpiresAt: now + 900_000,
      refreshToken: 'refresh-refresh-refresh-refresh',
      refreshExpiresAt: now + 86_400_000,
      me: this.me
    }
  }

  #replyTo(request: SendEffect): unknown {
    const ok = (value: unknown) => ({ ok: true, value })
    switch (request.name) {
      case 'hello':
        return ok(this.desk.welcome(request.body as Hello, this.me))
      case 'push': {
        const reply = this.desk.push(request.body as Push, this.me)
        return 'code' in reply ? { ok: false, problem: reply } : ok(reply)
      }
      case 'changes':
        return ok({ page: this.desk.page((request.body as ChangesRequest).after) })
      case 'timeline':
        return ok({
          timelines: (request.body as { caseIds: readonly string[] }).caseIds.map((caseId) => {
            const entries = this.desk.log.filter(({ entry }) => entry.kind === 'case' && entry.id === caseId).map(({ entry }) => entry)
            return {
              caseId,
              version: entries.length,
              entries: entries.map(({ revision, version, facts }) => ({ revision, version, facts }))
            }
          })
        })
      case 'search':
        return ok({ cases: [...this.desk.images.values()].filter(({ kind }) => kind === 'case'), more: false })
      case 'lease':
        return ok({ leases: [this.desk.lease()] })
      case 'time':
        return ok({ serverTime: Math.round(this.desk.serverNow()) })
      case 'presence':
        return ok({ presences: [] })
    }
  }
}

/** A desk whose clock runs with the given rig's wall clock, shifted. */
export function serverOf(people: TestDesk, now: () => number = () => START): TinyDesk {
  return new TinyDesk(people, now)
}

/** The n-th command id, for commands that come from elsewhere. */
export function commandId(n: number): CommandId {
  return CommandId.parse(uuid(9_000 + n))
}

function rowsOf(rows: Rows): readonly StoredRow[] {
  return [...rows].map(([name, value]) => {
    const slash = name.indexOf('/')
    return { table: name.slice(0, slash), key: name.slice(slash + 1), value }
  })
}

function apply(rows: Rows, op: StoreOp): void {
  if (op.value === null) rows.delete(`${op.table}/${op.key}`)
  else rows.set(`${op.table}/${op.key}`, op.value)
}

/** Mulberry32: chance that a test can repeat. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
