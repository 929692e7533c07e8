import { startDeskNode } from '#server/desk-node.ts'
import type { Connection as DeskConnection, DeskNode, Line } from '#server/desk-node.ts'
import type { DeskStore } from '#server/desk-store.ts'
import { TemporaryFault } from '#server/desk-store.ts'
import type { Logger } from '#server/logger.ts'
import { snapshotFrom, snapshotLines } from '#server/snapshot.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { WORLD_BEGINS } from '../machine-clock.ts'
import type { Connection } from '../network.ts'
import type { Scheduler } from '../scheduler.ts'

export type NodePorts = {
  readonly index: number
  readonly scheduler: Scheduler
  readonly store: (alive: () => boolean) => DeskStore
  readonly dropStore: () => void
  readonly skew: number
  readonly deskId: string
  readonly version: string
  readonly note: (what: string) => void
  /** A line of the log that only a bug writes. */
  readonly fault: (what: string) => void
  readonly sharePresence: (from: number, presence: Parameters<DeskNode['heardPresence']>[0]) => void
}

type Seat = { readonly line: Line; readonly connection: Connection; desk: DeskConnection | null; waiting: number }

/** One server process: the desk's own code on simulated clock, timers, sockets and database. A kill leaves nothing of it but what it sent. */
export class ServerNode {
  private life = 0
  private wanted = false
  private desk: DeskNode | null = null
  private readonly seats = new Map<Line, Seat>()
  private cancels = new Set<() => void>()
  readonly ports: NodePorts

  constructor(ports: NodePorts) {
    this.ports = ports
  }

  get index(): number {
    return this.ports.index
  }

  /** The running desk node, null while it is down or starting. */
  get running(): DeskNode | null {
    return this.desk
  }

  /** Whether the process runs or is being started. */
  get up(): boolean {
    return this.wanted
  }

  now(): Instant {
    return Math.round(WORLD_BEGINS + this.ports.scheduler.now() + this.ports.skew) as Instant
  }

  /** Starts the process; one that cannot reach its database is started again by whoever watches over it. */
  start(): void {
    this.wanted = true
    const life = ++this.life
    const alive = () => this.life === life
    const { scheduler, index } = this.ports
    const started = startDeskNode({
      store: this.ports.store(alive),
      clock: { now: () => this.now() },
      timers: { after: (milliseconds, run) => this.timer(alive, milliseconds, run) },
      log: this.logger(alive),
      desk: { deskId: this.ports.deskId, version: this.ports.version },
      broadcast: {
        poke: (lines, poke) => this.tell(lines, JSON.stringify({ event: 'poke', body: poke })),
        presences: (lines, presences) => this.tell(lines, JSON.stringify({ event: 'presences', body: presences }))
      },
      sharePresence: (presence) => {
        if (alive()) this.ports.sharePresence(index, presence)
      }
    })
    started.then(
      (desk) => {
        if (!alive()) return
        this.desk = desk
        this.ports.note(`node ${index} up`)
      },
      (error: unknown) => {
        if (!alive()) return
        if (!(error instanceof TemporaryFault))
          this.ports.fault(`node ${index} did not start: ${error instanceof Error ? error.stack : String(error)}`)
        this.life += 1
        scheduler.after(1_000, () => {
          if (this.life === life + 1) this.start()
        })
      }
    )
  }

  /** The process is gone between two of its steps. */
  kill(): void {
    this.wanted = false
    this.life += 1
    this.desk = null
    for (const cancel of this.cancels) cancel()
    this.cancels.clear()
    for (const { connection } of this.seats.values()) connection.closeFromServer()
    this.seats.clear()
    this.ports.dropStore()
  }

  /** A clean stop: consoles are told, what was accepted is answered, then the process ends. */
  drain(): void {
    const { desk, life } = this
    if (!desk) return
    this.tell([...this.seats.keys()], JSON.stringify({ event: 'draining', body: { spread: 2_000 } }))
    desk.stop().then(
      () => {
        if (this.life !== life) return
        this.kill()
        this.ports.scheduler.after(1_000, () => {
          if (!this.wanted) this.start()
        })
      },
      (error: unknown) => this.ports.fault(`node ${this.index} did not stop: ${String(error)}`)
    )
  }

  /** A handshake arrived; false turns it away because nobody is there to serve it. */
  accept(personId: string, connection: Connection): Seat | null {
    const { desk } = this
    if (!desk) return null
    const seat: Seat = {
      line: {
        personId,
        waitingBytes: () => connection.waitingBytes(),
        close: (why) => {
          if (!this.seats.has(seat.line)) return
          if (why) connection.down(JSON.stringify({ event: 'ended', body: why }))
          connection.closeFromServer()
          this.disconnected(seat)
        }
      },
      connection,
      desk: null,
      waiting: 0
    }
    this.seats.set(seat.line, seat)
    seat.desk = desk.connect(seat.line)
    return seat
  }

  heard(seat: Seat, text: string): void {
    const { life } = this
    if (!seat.desk || !this.seats.has(seat.line)) return
    const { request, name, body } = JSON.parse(text) as { request: number; name: Parameters<DeskConnection['ask']>[0]; body: unknown }
    seat.desk.ask(name, body).then(
      (reply) => {
        if (this.life === life && this.seats.has(seat.line)) seat.connection.down(JSON.stringify({ request, reply }))
      },
      (error: unknown) => this.ports.fault(`node ${this.index} did not answer ${name}: ${String(error)}`)
    )
  }

  disconnected(seat: Seat): void {
    if (!this.seats.delete(seat.line)) return
    seat.desk?.closed()
  }

  /** GET /snapshot as lines, or the status that turns it away. */
  async *snapshot(personId: string, resume: string | undefined): AsyncGenerator<string, number> {
    const { desk, life } = this
    const alive = () => this.life === life
    if (!desk) return 503
    const person = await desk.person(personId)
    const cursor = desk.cursor()
    if (!person?.active) return 401
    if (!cursor) return 503
    const visibility = desk.visibility(person)
    const store = this.ports.store(alive)
    const start = snapshotFrom(resume, { store, visibility, now: this.now(), end: { ...desk.end(), cursor } })
    if (!start) return 410
    for await (const line of snapshotLines(start, { store, visibility })) if (alive()) yield line
    return 200
  }

  private tell(lines: readonly Line[], text: string): void {
    for (const line of lines) this.seats.get(line)?.connection.down(text)
  }

  private timer(alive: () => boolean, milliseconds: number, run: () => void): () => void {
    const cancel = this.ports.scheduler.after(milliseconds, () => {
      this.cancels.delete(cancel)
      if (alive()) run()
    })
    this.cancels.add(cancel)
    return () => {
      this.cancels.delete(cancel)
      cancel()
    }
  }

  private logger(alive: () => boolean): Logger {
    const quiet = () => undefined
    return {
      debug: quiet,
      info: quiet,
      warn: (...args: readonly unknown[]) => {
        if (alive()) this.ports.note(`node ${this.index} warns ${String(args[1])}`)
      },
      error: (...args: readonly unknown[]) => {
        const [detail, text] = args
        const error = typeof detail === 'object' && detail !== null && 'err' in detail ? detail.err : null
        if (alive())
          this.ports.fault(`node ${this.index}: ${String(text)} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      }
    } as Logger
  }
}

export type { Seat }
