import type { Person } from '#shared/domain/directory/person.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Answer } from '#shared/protocol/push.ts'
import type { Cursor } from '#shared/protocol/hello.ts'
import type { Core } from '#renderer/sync/engine/core.ts'
import type { Input } from '#renderer/sync/engine/input.ts'
import { replay } from '#renderer/sync/engine/rebase.ts'
import type { Machine, Watcher } from './console/machine.ts'
import type { Ledger } from './ledger.ts'
import { difference, same } from './same.ts'
import type { Scheduler } from './scheduler.ts'
import { Shadow } from './truth.ts'
import type { Truth, TrueEntry } from './truth.ts'
import { Violation } from './violation.ts'
import { isVisible, restrictedQueues, stateOf } from './visible.ts'

type Seen = {
  readonly shadow: Shadow
  generation: number
  cursor: Cursor | null
  /** Own commands that were accepted, newest last, for as long as they are looked after. */
  readonly accepted: Map<string, number>
  checks: number
}

/** Every so many steps of a console everything is compared, not only what changed. */
const WHOLE_EVERY = 64

/** Checks what must hold at every step of a console, right after the engine took an input. */
export class Watch implements Watcher {
  private readonly seen = new Map<number, Seen>()
  private readonly truth: Truth
  private readonly ledger: Ledger
  private readonly scheduler: Scheduler
  private readonly report: (violation: Violation) => void
  /** Whether the desk, as it is now, has an answer to a command. */
  private readonly answered: (commandId: string) => boolean
  /** The desk's records as they are now. */
  private readonly present: () => ReadonlyMap<string, RecordImage>
  /** True server time, and how far a node's clock may be off from it. */
  private readonly serverTime: () => number
  private readonly skew: number

  constructor(options: {
    readonly truth: Truth
    readonly ledger: Ledger
    readonly scheduler: Scheduler
    readonly report: (violation: Violation) => void
    readonly answered: (commandId: string) => boolean
    readonly present: () => ReadonlyMap<string, RecordImage>
    readonly serverTime: () => number
    readonly skew: number
  }) {
    this.truth = options.truth
    this.ledger = options.ledger
    this.scheduler = options.scheduler
    this.report = options.report
    this.answered = options.answered
    this.present = options.present
    this.serverTime = options.serverTime
    this.skew = options.skew
  }

  saved(machine: Machine, commandIds: readonly string[]): void {
    this.noteGiven(machine)
    for (const id of commandIds) {
      const given = this.ledger.given.get(id)
      if (given) given.savedAt ??= this.scheduler.now()
    }
  }

  confirmed(machine: Machine, answers: readonly Answer[]): void {
    for (const answer of answers) {
      const given = this.ledger.given.get(answer.id)
      if (given) given.answer = answer
      if (answer.outcome === 'accepted') this.of(machine).accepted.set(answer.id, answer.revision)
      else this.of(machine).accepted.delete(answer.id)
    }
  }

  fault(machine: Machine, doing: string, error: unknown): void {
    this.report(
      new Violation(
        'noFault',
        `console ${machine.index} ${doing}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
      )
    )
  }

  stepped(machine: Machine, input: Input): void {
    const { core } = machine
    if (!core) return
    if (input.type === 'asked') this.noteGiven(machine)
    const seen = this.of(machine)
    if (input.type === 'boot') {
      seen.cursor = null
      seen.generation = -1
    }
    seen.checks += 1
    const whole = seen.checks % WHOLE_EVERY === 0
    this.time(machine, core)
    this.replica(machine, core, seen, whole)
    if (whole) {
      this.windows(machine, core)
      this.rebase(machine, core)
    }
  }

  /** Everything compared at once: for the end, when it is quiet. */
  everything(machine: Machine): void {
    const { core } = machine
    if (!core) return
    this.replica(machine, core, this.of(machine), true)
    this.windows(machine, core)
    this.rebase(machine, core)
    this.time(machine, core)
  }

  /** What the engine took on since its window last asked: known from here on, whatever becomes of the process. */
  private noteGiven(machine: Machine): void {
    const { core } = machine
    if (!core) return
    for (const { command } of core.outbox.entries()) {
      if (this.ledger.given.has(command.id)) continue
      this.ledger.given.set(command.id, {
        machine: machine.index,
        actorId: command.actorId,
        command,
        at: this.scheduler.now(),
        savedAt: null,
        answer: null,
        withdrawn: false
      })
    }
  }

  private of(machine: Machine): Seen {
    const known = this.seen.get(machine.index)
    if (known) return known
    const fresh: Seen = { shadow: new Shadow(), generation: -1, cursor: null, accepted: new Map(), checks: 0 }
    this.seen.set(machine.index, fresh)
    return fresh
  }

  private time(machine: Machine, core: Core): void {
    if (core.phase !== 'running' || core.link.at !== 'up') return
    const now = { mono: machine.ports.clock.mono(), wall: machine.ports.clock.wall() }
    const uncertainty = core.clock.uncertainty(now)
    if (uncertainty === null) return
    const off = Math.abs(core.clock.now(now) - this.serverTime())
    if (off > uncertainty + this.skew + 2)
      this.report(
        new Violation('timeWithinUncertainty', `console ${machine.index} is off by ${off.toFixed(1)} ms and claims ${uncertainty} ms`)
      )
  }

  private replica(machine: Machine, core: Core, seen: Seen, whole: boolean): void {
    const { replica } = core
    const me = core.identity?.me
    if (!replica || !me) return
    const { cursor } = replica
    const moved = seen.cursor?.epoch !== cursor.epoch || seen.cursor.revision !== cursor.revision || seen.generation !== replica.generation
    if (!moved && !whole) return
    if (seen.cursor && seen.generation === replica.generation && cursor.revision < seen.cursor.revision)
      this.report(
        new Violation('revisionsInOrder', `console ${machine.index} went from revision ${seen.cursor.revision} back to ${cursor.revision}`)
      )
    const log = this.truth.logAt(cursor)
    if (!log) {
      this.report(
        new Violation('revisionsInOrder', `console ${machine.index} stands at ${cursor.epoch}/${cursor.revision}, where no desk ever was`)
      )
      return
    }
    const touched = seen.shadow.moveTo(log, cursor.revision)
    const sameGeneration = seen.generation === replica.generation
    seen.cursor = cursor
    seen.generation = replica.generation
    this.compare(machine, core, seen.shadow, me, log, whole || !touched || !sameGeneration ? null : touched)
    this.ownWork(machine, core, seen, log, cursor)
  }

  /**
   * At cursor c the base is the desk at c within this person's scope. A record may be newer than c (a fuzzy snapshot, a search), but
   * then it is exactly what the desk made of it.
   */
  private compare(
    machine: Machine,
    core: Core,
    shadow: Shadow,
    me: Person,
    log: readonly TrueEntry[],
    keys: ReadonlySet<string> | null
  ): void {
    const desk = shadow.images
    const person = (stateOf(desk, `person:${me.id}`) as Person | undefined) ?? me
    // While a change of rights is on its way through a new hello, what belongs here is not settled.
    const settled =
      !core.loading && core.replica?.scope === `${person.role}:${[...person.queueIds].toSorted().join(',')}|${restrictedQueues(desk)}`
    const over = log !== this.truth.entries
    for (const key of keys ?? new Set([...desk.keys(), ...core.board.base.keys()])) {
      const true_ = desk.get(key)
      const held = core.board.base.get(key)
      if (held) {
        if (true_ && same(held, true_)) {
          if (settled && !isVisible(held, person, desk))
            this.report(new Violation('nothingOutsideScope', `console ${machine.index} of ${person.name} holds ${key}`))
          continue
        }
        // Newer than the cursor, or a snapshot whose desk was put back in time while it came in; the next request brings another.
        if ((held.version > (true_?.version ?? 0) || over) && this.truth.everWas(key, held)) continue
        const problem = true_ ? difference(held, true_) : 'the desk has no such record there'
        this.report(
          new Violation('replicaIsTheDesk', `console ${machine.index} at revision ${core.replica?.cursor.revision}, ${key}: ${problem}`)
        )
        return
      }
      if (!over && settled && true_ && isVisible(true_, person, desk) && !this.comesYet(key, core.replica?.cursor.revision ?? 0)) {
        this.report(new Violation('replicaIsTheDesk', `console ${machine.index} at revision ${core.replica?.cursor.revision} lacks ${key}`))
        return
      }
    }
  }

  /** A snapshot reads while the desk goes on: what moved under it may be missing until the log after the cursor brings it. */
  private comesYet(key: string, revision: number): boolean {
    return this.truth.entries.some((entry) => entry.key === key && entry.revision > revision)
  }

  /** What this console was told is accepted is on its screen: in the base or replayed on it. */
  private ownWork(machine: Machine, core: Core, seen: Seen, log: readonly TrueEntry[], cursor: Cursor): void {
    if (seen.accepted.size === 0) return
    const queued = new Set(core.board.queue.map((command) => command.id as string))
    for (const [id, revision] of seen.accepted) {
      const given = this.ledger.given.get(id)
      const entry = core.outbox.get(id)
      if (!given || given.savedAt === null || given.actorId !== core.identity?.me?.id || given.withdrawn) continue
      if (queued.has(id) || entry?.progress.at === 'refused') continue
      const effect = log.find((one) => one.commandId === id)
      if (effect && (effect.revision <= cursor.revision || (core.board.base.get(effect.key)?.version ?? 0) >= effect.image.version))
        continue
      // Out of this person's sight since; a snapshot may know before the log's entry comes.
      const now = effect && this.present().get(effect.key)
      if (now && core.identity.me && !core.board.base.has(effect.key) && !isVisible(now, core.identity.me, this.present())) continue
      // No effect: it was true already, or the desk has gone back since and hello has yet to say so.
      if (!effect && (log !== this.truth.entries || this.answered(id))) continue
      this.report(
        new Violation(
          'ownWorkShown',
          `console ${machine.index} at ${cursor.epoch}/${cursor.revision} neither holds nor replays ${given.command.type} ${id}, accepted at ${revision} (${JSON.stringify({ progress: entry?.progress, covered: entry?.covered, generation: core.replica?.generation, effect: effect?.revision, version: effect?.image.version, held: effect ? core.board.base.get(effect.key)?.version : null })})`
        )
      )
      seen.accepted.delete(id)
      return
    }
  }

  /** What the windows were told adds up to the engine's board. */
  private windows(machine: Machine, core: Core): void {
    for (const window of machine.windows.values()) {
      if (!window.listens) continue
      const shown = new Map([...core.board.records()].map((record) => [`${record.kind}:${record.id}`, record]))
      if (!core.identity?.me) shown.clear()
      for (const key of new Set([...shown.keys(), ...window.records.keys()])) {
        const told = window.records.get(key)
        const real = shown.get(key)
        if (told && real && same(told, real)) continue
        this.report(
          new Violation(
            'windowsShowTheBoard',
            `console ${machine.index} window ${window.id}, ${key}: ${told ? (real ? difference(told, real) : 'should be gone') : 'was not shown'}`
          )
        )
        return
      }
    }
  }

  /** The board is the base with the queue replayed on it from the start, whatever way it came about. */
  private rebase(machine: Machine, core: Core): void {
    const me = core.identity?.me
    if (!me) return
    const overlay = new Map<string, RecordImage | undefined>()
    const look = (key: string) => (overlay.has(key) ? overlay.get(key) : core.board.base.get(key))
    const state = (kind: string, id: string) => look(`${kind}:${id}`)?.state ?? undefined
    const policies = () => {
      const found: RecordImage[] = []
      for (const key of new Set([...core.board.base.keys(), ...overlay.keys()])) {
        const image = key.startsWith('policy:') ? look(key) : undefined
        if (image) found.push(image)
      }
      return found
    }
    const directory = {
      ...core.board.directory,
      customer: (id: string) => state('customer', id),
      contact: (id: string) => state('contact', id),
      item: (id: string) => state('item', id),
      person: (id: string) => state('person', id),
      queue: (id: string) => state('queue', id),
      policy: (id: string) => state('policy', id),
      policyFor: (plan: string, at: number) =>
        policies()
          .flatMap((image) => (image.kind === 'policy' && image.state ? [image.state] : []))
          .filter((policy) => policy.plan === plan && policy.effectiveFrom <= at)
          .toSorted((a, b) => b.effectiveFrom - a.effectiveFrom)[0]
    } as unknown as Parameters<typeof replay>[3]
    for (const command of core.board.queue) {
      const key = `${command.record.kind}:${command.record.id}`
      const result = replay(command, look(key), me, directory)
      if (result.outcome === 'applied') overlay.set(key, result.image)
    }
    for (const [key, expected] of overlay) {
      const shown = core.board.image(key)
      if (shown && expected && same(shown, expected)) continue
      this.report(
        new Violation(
          'rebaseForetells',
          `console ${machine.index} shows ${key} otherwise than base and queue make it: ${difference(shown, expected)}`
        )
      )
      return
    }
  }
}
