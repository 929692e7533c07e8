import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import type { BoardChange, BoardRecord, CaseTimeline, DiskLock, EngineClient, EngineState, Submitted } from '../engine-api.ts'
import type { BoardMessage, WindowMessage } from '../engine/effect.ts'
import type { AnswerTo, Question, QuestionName, Questions } from '../engine/question.ts'
import { newId } from '../new-id.ts'
import { ClockBridge } from './clock-bridge.ts'
import { DraftSaver } from './draft-saver.ts'
import type { Port, ToEngine, ToWindow } from './messages.ts'
import { OpenCommands } from './open-commands.ts'

type Settle<T> = { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }
type Asked = { readonly question: Question; readonly settle: Settle<unknown> }

/** What the window's own environment gives the client. */
export type ClientPorts = {
  readonly mono: () => number
  readonly random: () => number
  /** Carries a request of the engine to the main process. */
  readonly relay: (channel: Extract<ToWindow, { type: 'relay' }>['channel'], request: unknown) => Promise<unknown>
  /** The engine answered and holds this Web Lock while it lives. */
  readonly engineAlive: (lock: string) => void
  /** The engine gave way to another one. */
  readonly superseded: () => void
}

/**
 * The window's handle on the engine over a message port. `connect` may be called again with a new port after an engine died: questions
 * without an answer are asked again and commands not yet saved are given again under their own ids, so nothing is lost or done twice.
 */
export class WindowClient {
  readonly #ports: ClientPorts
  #port: Port<ToWindow, ToEngine> | null = null
  #asks = 0
  readonly #asked = new Map<number, Asked>()
  readonly #commands = new OpenCommands()
  #handing = 0
  readonly #stateListeners = new Set<(state: EngineState) => void>()
  readonly #boardListeners = new Set<(change: BoardChange) => void>()
  readonly #presenceListeners = new Set<(presences: readonly Presence[]) => void>()
  readonly #timelineListeners = new Map<string, Set<(timeline: CaseTimeline) => void>>()
  readonly #lastTimelines = new Map<string, CaseTimeline>()
  readonly #clock: ClockBridge
  readonly #drafts: DraftSaver
  #engineState: EngineState
  #state: EngineState
  #unlocking: { readonly ask: number; readonly passphrase: string; readonly settle: Settle<unknown> } | null = null
  /** What opened the disk from this window, so that an engine that takes over need not ask the person again. It goes with the window. */
  #passphrase: string | null = null
  #lastPong = 0
  #alive: string | null = null

  constructor(ports: ClientPorts) {
    this.#ports = ports
    this.#clock = new ClockBridge(ports.mono)
    this.#drafts = new DraftSaver((draft) => this.#ok('saveDraft', { draft }))
    this.#engineState = {
      lock: { state: 'open' },
      me: null,
      connection: { state: 'starting' },
      clock: { offset: Date.now() - ports.mono(), uncertainty: null },
      numbersLeft: 0,
      attention: [],
      waitingForOthers: [],
      storage: null,
      desk: null
    }
    this.#state = this.#engineState
  }

  /** Attaches to an engine, the first or the one after it. */
  connect(port: Port<ToWindow, ToEngine>): void {
    this.#port = port
    this.#lastPong = this.#ports.mono()
    port.onMessage((message) => {
      if (this.#port === port) this.#heard(message)
    })
    this.#clock.forget()
    port.post({ type: 'attach' })
    if (this.#alive !== null) port.post({ type: 'alive', lock: this.#alive })
    if (this.#boardListeners.size > 0) port.post({ type: 'board' })
    for (let ping = 0; ping < 3; ping += 1) this.ping()
    for (const [ask, { question }] of this.#asked) port.post({ type: 'ask', ask, question })
    for (const caseId of this.#timelineListeners.keys()) this.#send({ name: 'watchTimeline', body: { caseId } }).catch(() => undefined)
    this.#takeUpCommands().catch(() => undefined)
  }

  /** The window holds this Web Lock from now on; the engine learns of its death by it. Not before: a lock nobody holds looks like a death. */
  holds(lock: string): void {
    this.#alive = lock
    this.#port?.post({ type: 'alive', lock })
  }

  /** Asks for a sign of life; answers also tie the two clocks together. */
  ping(): void {
    this.#port?.post({ type: 'ping', ping: this.#clock.sent() })
  }

  /** When the engine was last heard of, by this window's monotonic clock. */
  get lastPong(): number {
    return this.#lastPong
  }

  notice(notice: Extract<ToEngine, { type: 'notice' }>['notice']): void {
    this.#port?.post({ type: 'notice', notice })
  }

  /** The window is closing: what was typed last goes out with it. */
  leave(): void {
    this.#drafts.flush()
    this.#port?.post({ type: 'leave' })
  }

  readonly api: EngineClient = {
    state: () => this.#state,
    onState: (listener) => subscribe(this.#stateListeners, listener),
    onBoard: (listener) => {
      const stop = subscribe(this.#boardListeners, listener)
      this.#port?.post({ type: 'board' })
      return stop
    },
    onPresence: (listener) => subscribe(this.#presenceListeners, listener),
    unlock: (passphrase) => this.#unlock(passphrase),
    signIn: (name, password) => this.#ask('signIn', { name, password }),
    signOut: () => {
      // What was typed last is still this person's.
      this.#drafts.flush()
      return this.#ok('signOut', {})
    },
    submit: (type, recordId, payload) => this.#submit(type, recordId, payload),
    takeNumber: async () => {
      const taken = await this.#ask('takeNumber', {})
      if ('problem' in taken) throw new Error(taken.problem)
      return taken
    },
    watchTimeline: (caseId, listener) => this.#watch(caseId, listener),
    searchServer: (text, limit) => this.#ask('search', { text, limit }),
    drafts: () => this.#ask('drafts', {}),
    saveDraft: (draft) => this.#drafts.save(draft),
    dropDraft: (id) => {
      this.#drafts.drop(id)
      return this.#ok('dropDraft', { id })
    },
    applyAgain: (commandId) => this.#give({ name: 'applyAgain', body: { commandId, newId: this.#newId() } }),
    discard: (commandId) => this.#ok('discard', { commandId }),
    reportPresence: (report: PresenceReport) => {
      this.#send({ name: 'presence', body: report }).catch(() => undefined)
    },
    now: () => this.#clock.serverNow(this.#engineState.clock.offset) as Instant
  }

  async #submit<T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>): Promise<Submitted> {
    const fields = payload as { readonly [field: string]: unknown }
    return this.#give({ name: 'submit', body: { commandId: this.#newId(), commandType: type, recordId, payload: fields } })
  }

  async #give(question: Question): Promise<Submitted> {
    this.#handing += 1
    try {
      const submission = (await this.#send(question)) as AnswerTo<'applyAgain'>
      if ('problem' in submission) throw new Error(submission.problem)
      return this.#commands.hand(question, submission)
    } finally {
      this.#handing -= 1
    }
  }

  #heard(message: ToWindow): void {
    switch (message.type) {
      case 'answer':
        return this.#answered(message.ask, message.answer)
      case 'pong':
        this.#lastPong = this.#ports.mono()
        if (message.alive !== null) this.#ports.engineAlive(message.alive)
        if (this.#clock.heard(message.ping, message.mono)) this.#publish()
        return
      case 'superseded':
        return this.#ports.superseded()
      case 'relay':
        return this.#relay(message)
      case 'lock':
        return this.#locked(message.lock)
      default:
        return this.#told(message)
    }
  }

  #locked(lock: DiskLock): void {
    if (lock.state === 'passphraseNeeded' && lock.problem === null && this.#passphrase !== null && this.#unlocking === null) {
      this.#unlock(this.#passphrase).catch(() => undefined)
      return
    }
    this.#engineState = { ...this.#engineState, lock }
    this.#publish()
  }

  #unlock(passphrase: string): ReturnType<EngineClient['unlock']> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#asks += 1
    this.#unlocking = { ask: this.#asks, passphrase, settle: { resolve, reject } }
    this.#port?.post({ type: 'unlock', ask: this.#asks, passphrase })
    return promise as ReturnType<EngineClient['unlock']>
  }

  #told(message: WindowMessage): void {
    switch (message.type) {
      case 'state':
        this.#engineState = message.state
        return this.#publish()
      case 'board': {
        const change = readBoard(message)
        for (const listener of this.#boardListeners) listener(change)
        return
      }
      case 'presences':
        for (const listener of this.#presenceListeners) listener(message.presences)
        return
      case 'timeline':
        this.#lastTimelines.set(message.timeline.caseId, message.timeline)
        for (const listener of this.#timelineListeners.get(message.timeline.caseId) ?? []) listener(message.timeline)
        return
      case 'saved':
        for (const id of message.commandIds) this.#commands.saved(id)
        return this.#forgetEarly()
      case 'confirmed':
        for (const answer of message.answers) this.#commands.confirmed(answer)
        this.#forgetEarly()
    }
  }

  /** Word that came early is kept only while somebody is about to be handed promises. */
  #forgetEarly(): void {
    if (this.#handing === 0) this.#commands.forgetEarly()
  }

  #answered(ask: number, answer: unknown): void {
    if (this.#unlocking?.ask === ask) {
      this.#passphrase = (answer as { readonly ok: boolean }).ok ? this.#unlocking.passphrase : null
      this.#unlocking.settle.resolve(answer)
      this.#unlocking = null
      return
    }
    const asked = this.#asked.get(ask)
    this.#asked.delete(ask)
    asked?.settle.resolve(answer)
  }

  #relay(message: Extract<ToWindow, { type: 'relay' }>): void {
    const port = this.#port
    this.#ports.relay(message.channel, message.request).then(
      (reply) => port?.post({ type: 'relayed', relay: message.relay, ok: true, reply }),
      (error: unknown) =>
        port?.post({ type: 'relayed', relay: message.relay, ok: false, message: error instanceof Error ? error.message : String(error) })
    )
  }

  /** After an engine died: ask what became of the commands whose promises are open, and give again what was not saved. */
  async #takeUpCommands(): Promise<void> {
    const commandIds = this.#commands.ids()
    if (commandIds.length === 0) return
    for (const { commandId, question } of this.#commands.takeUp(await this.#ask('standing', { commandIds }))) {
      const submission = (await this.#send(question)) as AnswerTo<'applyAgain'>
      if (!('accepted' in submission) || !submission.accepted) this.#commands.lost(commandId)
    }
  }

  #watch(caseId: string, listener: (timeline: CaseTimeline) => void): () => void {
    const listeners = this.#timelineListeners.get(caseId) ?? new Set()
    this.#timelineListeners.set(caseId, listeners.add(listener))
    const last = this.#lastTimelines.get(caseId)
    if (listeners.size > 1 && last) listener(last)
    if (listeners.size === 1) this.#send({ name: 'watchTimeline', body: { caseId } }).catch(() => undefined)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || this.#timelineListeners.get(caseId) !== listeners) return
      this.#timelineListeners.delete(caseId)
      this.#lastTimelines.delete(caseId)
      this.#send({ name: 'unwatchTimeline', body: { caseId } }).catch(() => undefined)
    }
  }

  #publish(): void {
    this.#state = {
      ...this.#engineState,
      clock: { ...this.#engineState.clock, offset: this.#clock.offsetHere(this.#engineState.clock.offset) }
    }
    for (const listener of this.#stateListeners) listener(this.#state)
  }

  async #ok<N extends QuestionName>(name: N, body: Questions[N]['ask']): Promise<void> {
    const answer = (await this.#ask(name, body)) as { readonly ok: boolean; readonly problem?: string }
    if (!answer.ok) throw new Error(answer.problem)
  }

  #ask<N extends QuestionName>(name: N, body: Questions[N]['ask']): Promise<AnswerTo<N>> {
    return this.#send({ name, body } as Question) as Promise<AnswerTo<N>>
  }

  #send(question: Question): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#asks += 1
    this.#asked.set(this.#asks, { question, settle: { resolve, reject } })
    this.#port?.post({ type: 'ask', ask: this.#asks, question })
    return promise
  }

  #newId(): CommandId {
    return newId(this.api.now(), this.#ports.random)
  }
}

function readBoard(message: BoardMessage): BoardChange {
  const { reset, raw, gone, complete } = message
  const records = raw === null ? message.records : [...plain(raw), ...message.records]
  return reset ? { kind: 'reset', records, complete } : { kind: 'changed', records, gone, complete }
}

function plain(raw: string): readonly BoardRecord[] {
  return (JSON.parse(raw) as readonly RecordImage[]).map((image) => Object.assign(image, { pending: 0 }))
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
