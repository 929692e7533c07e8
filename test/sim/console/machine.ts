import type { Answer } from '#shared/protocol/push.ts'
import type { SnapshotLine } from '#shared/protocol/snapshot.ts'
import { Engine } from '#renderer/sync/engine.ts'
import type { Core } from '#renderer/sync/engine/core.ts'
import type { Effect, WindowMessage } from '#renderer/sync/engine/effect.ts'
import type { Input, LinkEnd } from '#renderer/sync/engine/input.ts'
import type { AnswerTo, Question, QuestionName } from '#renderer/sync/engine/question.ts'
import type { EngineState } from '#renderer/sync/engine-api.ts'
import type { PlantedFault } from '../faults.ts'
import type { MachineClock } from '../machine-clock.ts'
import type { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import type { Storage } from './storage.ts'
import { Window } from './window.ts'

/** The console's way into the world: what a browser engine's socket and fetch would do. */
export type Outside = {
  readonly openLink: (token: string, line: LinkHandlers) => LinkHandle
  readonly callHttp: (
    call: { readonly method: string; readonly path: string; readonly token: string | null; readonly body: unknown },
    reply: (status: number | null, body: unknown) => void
  ) => void
  readonly snapshot: (
    token: string,
    resume: string | null,
    line: (text: string) => void,
    ended: (status: number | null) => void
  ) => () => void
}
export type LinkHandlers = {
  readonly opened: () => void
  readonly closed: (reason: LinkEnd) => void
  readonly heard: (text: string) => void
}
export type LinkHandle = { readonly send: (text: string) => void; readonly close: () => void }

/** What whoever watches the world is told of one computer. */
export type Watcher = {
  readonly stepped: (machine: Machine, input: Input) => void
  readonly saved: (machine: Machine, commandIds: readonly string[]) => void
  readonly confirmed: (machine: Machine, answers: readonly Answer[]) => void
  readonly fault: (machine: Machine, doing: string, error: unknown) => void
}

export type MachinePorts = {
  readonly index: number
  readonly scheduler: Scheduler
  readonly random: Random
  readonly clock: MachineClock
  readonly storage: Storage
  readonly outside: Outside
  readonly watcher: Watcher
  readonly note: (what: string, detail?: () => string) => void
  readonly installId: string
  readonly journal: boolean
  readonly planted: PlantedFault | null
}

const URL = 'http://desk.example'

/** One computer with its engine, its windows and its disks. Everything the engine wants done is an event of the world, and a kill may come between any two. */
export class Machine {
  private engine: Engine | null = null
  private life = 0
  private asleep: number | null = null
  private deferred: Input[] = []
  private readonly timers = new Map<string, () => void>()
  private readonly links = new Map<number, LinkHandle>()
  private readonly downloads = new Map<number, () => void>()
  private readonly asked = new Map<number, (answer: AnswerTo<QuestionName>) => void>()
  private nextAsk = 1
  private nextWindow = 1
  readonly windows = new Map<number, Window>()
  state: EngineState | null = null
  version = '1.0.0'
  /** True time at which the application last started or woke up. */
  runsSince = 0
  readonly ports: MachinePorts

  constructor(ports: MachinePorts) {
    this.ports = ports
  }

  get index(): number {
    return this.ports.index
  }

  get on(): boolean {
    return this.engine !== null
  }

  get sleeping(): boolean {
    return this.asleep !== null
  }

  /** True time at which the computer last stood still or, awake, now. */
  get movedAt(): number {
    return this.asleep ?? this.ports.scheduler.now()
  }

  /** What the engine knows, null while the computer is off. */
  get core(): Core | null {
    return this.engine?.watched ?? null
  }

  /** The application starts: it reads its disks and goes on from there. */
  start(): void {
    const { storage, clock, random, installId, journal, scheduler } = this.ports
    if (this.engine) return
    const life = ++this.life
    this.runsSince = scheduler.now()
    this.engine = new Engine({ random: () => random.unit() })
    const reading = 1 + random.wait(20)
    scheduler.after(reading, () => {
      if (this.life !== life) return
      this.drive({
        type: 'boot',
        installId,
        appVersion: this.version,
        serverUrl: URL,
        credentials: storage.readCredentials(),
        vault: storage.readVault(),
        unreadableRows: 0,
        journal: journal ? storage.readJournal() : null
      })
      this.openWindow()
    })
    clock.mono()
  }

  openWindow(): void {
    const id = this.nextWindow++
    this.windows.set(id, new Window(id))
    this.drive({ type: 'attached', window: id })
    this.drive({ type: 'boardWanted', window: id })
  }

  closeWindow(): void {
    const [id] = this.windows.keys()
    if (id === undefined || this.windows.size < 2) return
    this.windows.delete(id)
    this.drive({ type: 'detached', window: id })
  }

  /** The process dies between two effects. Its windows die with it. */
  kill(): void {
    if (!this.engine) return
    this.stop()
    this.ports.storage.kill()
  }

  powerCut(): void {
    this.stop()
    this.ports.storage.powerCut()
    this.ports.clock.boot()
  }

  /** Everything stands still; the monotonic clock with it. The network does not wait. */
  sleep(milliseconds: number): void {
    if (this.sleeping || !this.engine) return
    this.drive({ type: 'power', event: 'suspend' })
    this.asleep = this.ports.scheduler.now()
    const since = this.asleep
    this.ports.scheduler.after(milliseconds, () => {
      if (this.asleep === since) this.wake()
    })
  }

  /** What came meanwhile comes now; the system's own notice of it first or last. */
  wake(): void {
    if (this.asleep === null) return
    this.ports.clock.sleep(this.ports.scheduler.now() - this.asleep)
    this.asleep = null
    this.runsSince = this.ports.scheduler.now()
    const waiting = this.deferred.splice(0)
    const first = this.ports.random.chance(0.7)
    if (first) this.drive({ type: 'power', event: 'resume' })
    for (const input of waiting) this.drive(input)
    if (!first) this.drive({ type: 'power', event: 'resume' })
  }

  /** Asks the engine as a window does. The answer never comes when the engine dies first. */
  ask<N extends QuestionName>(name: N, body: Extract<Question, { name: N }>['body'], answer: (answer: AnswerTo<N>) => void): void {
    const [window] = this.windows.keys()
    if (window === undefined || !this.engine) return
    const ask = this.nextAsk++
    this.asked.set(ask, answer as (answer: AnswerTo<QuestionName>) => void)
    this.drive({ type: 'asked', window, ask, question: { name, body } as Question })
  }

  drive(given: Input): void {
    const { engine, life } = this
    if (!engine) return
    if (this.sleeping) {
      this.deferred.push(given)
      return
    }
    const { clock, watcher, planted } = this.ports
    const input = planted?.input?.(given, engine.watched) ?? given
    this.ports.note(`c${this.index} ${inputName(input)}`, () => JSON.stringify(input).slice(0, 3000))
    const effects = engine.handle(input, { mono: clock.mono(), wall: clock.wall() })
    for (const effect of effects) {
      if (this.life !== life) return
      this.carryOut(planted?.effect?.(effect, engine.watched) ?? effect, life)
    }
    planted?.after?.(engine.watched, input)
    if (this.life === life) watcher.stepped(this, input)
  }

  private stop(): void {
    this.life += 1
    this.engine = null
    this.asleep = null
    this.deferred = []
    for (const cancel of this.timers.values()) cancel()
    this.timers.clear()
    for (const link of this.links.values()) link.close()
    this.links.clear()
    for (const stop of this.downloads.values()) stop()
    this.downloads.clear()
    this.asked.clear()
    this.windows.clear()
    this.state = null
  }

  /** Feeds an input later, unless this life of the process is over by then. */
  private later(life: number, delay: number, input: () => Input): void {
    this.ports.scheduler.after(delay, () => {
      if (this.life === life) this.drive(input())
    })
  }

  /** A replica comes in piece by piece, in order, with everything else in between. */
  private readReplica(life: number, inputs: readonly Input[]): void {
    const [first, ...others] = inputs
    if (!first) return
    this.later(life, 1 + this.ports.random.wait(2), () => {
      this.readReplica(life, others)
      return first
    })
  }

  private carryOut(effect: Effect, life: number): void {
    const { storage, outside, scheduler, random, watcher } = this.ports
    this.ports.note(`c${this.index} > ${effectName(effect)}`, () => JSON.stringify(effect).slice(0, 3000))
    const alive = (input: Input) => {
      if (this.life === life) this.drive(input)
    }
    switch (effect.type) {
      case 'answer': {
        const answer = this.asked.get(effect.ask)
        this.asked.delete(effect.ask)
        // A window hears of it in its own time, so that what it does next is another input.
        if (answer)
          scheduler.after(0, () => {
            if (this.life === life) answer(effect.answer)
          })
        return
      }
      case 'tell':
        return this.tell(effect.window, effect.message)
      case 'setTimer':
        this.timers.get(effect.timer)?.()
        this.timers.set(
          effect.timer,
          scheduler.after(effect.delay, () => {
            this.timers.delete(effect.timer)
            alive({ type: 'timer', timer: effect.timer })
          })
        )
        return
      case 'clearTimer':
        this.timers.get(effect.timer)?.()
        this.timers.delete(effect.timer)
        return
      case 'openLink': {
        const { link } = effect
        this.links.set(
          link,
          outside.openLink(effect.token, {
            opened: () => alive({ type: 'linkOpened', link }),
            closed: (reason) => {
              this.links.delete(link)
              alive({ type: 'linkClosed', link, reason })
            },
            heard: (text) => {
              const message = JSON.parse(text) as { request: number; reply: unknown } | { event: string; body: unknown }
              if ('event' in message) alive({ type: 'heard', link, event: message.event, body: message.body })
              else alive({ type: 'replied', link, request: message.request, reply: message.reply })
            }
          })
        )
        return
      }
      case 'closeLink':
        this.links.get(effect.link)?.close()
        this.links.delete(effect.link)
        return
      case 'send':
        this.links.get(effect.link)?.send(JSON.stringify({ request: effect.request, name: effect.name, body: effect.body }))
        return
      case 'callHttp':
        outside.callHttp(effect, (status, body) =>
          alive(
            status === null
              ? { type: 'httpFailed', call: effect.call, reason: 'unreachable' }
              : { type: 'httpReplied', call: effect.call, status, body }
          )
        )
        return
      case 'startSnapshot': {
        const { download } = effect
        this.downloads.set(
          download,
          outside.snapshot(
            effect.token,
            effect.resume,
            (text) => alive({ type: 'snapshotLine', download, line: JSON.parse(text) as SnapshotLine, raw: rawImages(text) }),
            (status) => {
              this.downloads.delete(download)
              alive({ type: 'snapshotEnded', download, status })
            }
          )
        )
        return
      }
      // Another engine has this computer's databases now; this one was told so by its disk and does nothing more.
      case 'superseded':
        return
      case 'stopSnapshot':
        this.downloads.get(effect.download)?.()
        this.downloads.delete(effect.download)
        return
      case 'store': {
        const { ticket } = effect
        storage.store(effect.in, effect.durability, effect.ops, (problem) =>
          alive(problem === null ? { type: 'stored', ticket } : { type: 'storeFailed', ticket, problem })
        )
        return
      }
      case 'journal': {
        const { ticket } = effect
        storage.appendJournal(effect.lines, (synced) => alive(synced ? { type: 'journaled', ticket } : { type: 'journalFailed', ticket }))
        return
      }
      case 'trimJournal':
        return storage.trimJournal(effect.through)
      case 'loadReplica':
        return this.readReplica(life, storage.readReplica(effect.generation))
      case 'keepReplicas':
        return storage.keepReplicas(effect.generations)
      case 'readTimeline': {
        const { generation, caseId, keys } = effect
        this.later(life, 1 + random.wait(5), () => ({
          type: 'timelineRead',
          generation,
          caseId,
          values: storage.readTimeline(generation, keys)
        }))
        return
      }
      case 'saveCredentials':
        return storage.saveCredentials(effect.value)
      case 'fault':
        watcher.fault(this, effect.doing, effect.error)
    }
  }

  private tell(window: number | 'all', message: WindowMessage): void {
    const { watcher } = this.ports
    if (message.type === 'state') this.state = message.state
    if (message.type === 'saved') watcher.saved(this, message.commandIds)
    if (message.type === 'confirmed') watcher.confirmed(this, message.answers)
    if (message.type === 'board') {
      if (window === 'all') for (const one of this.windows.values()) one.take(message)
      else this.windows.get(window)?.take(message)
    }
    if (message.type === 'timeline' && window !== 'all') this.windows.get(window)?.takeTimeline(message.timeline)
  }
}

function inputName(input: Input): string {
  switch (input.type) {
    case 'asked':
      return `asked ${input.question.name}`
    case 'timer':
      return `timer ${input.timer}`
    case 'heard':
      return `heard ${input.link} ${input.event}`
    case 'replied':
      return `replied ${input.link} ${input.request}`
    case 'linkOpened':
    case 'linkClosed':
      return `${input.type} ${input.link}`
    case 'stored':
    case 'storeFailed':
    case 'journaled':
    case 'journalFailed':
      return `${input.type} ${input.ticket}`
    default:
      return input.type
  }
}

function effectName(effect: Effect): string {
  switch (effect.type) {
    case 'send':
      return `send ${effect.request} ${effect.name}`
    case 'setTimer':
      return `setTimer ${effect.timer} ${effect.delay}`
    case 'store':
      return `store ${effect.ticket} ${effect.in.database} ${effect.ops.length}`
    case 'tell':
      return `tell ${effect.message.type}`
    default:
      return effect.type
  }
}

/** The images of a chunk line as they came, the way the downloader hands them on. */
function rawImages(text: string): string | null {
  const start = text.indexOf('"images":')
  if (start === -1) return null
  const end = text.lastIndexOf(',"resume"')
  return text.slice(start + 9, end)
}
