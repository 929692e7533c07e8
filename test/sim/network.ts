import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

/** What a network may do to connections, drawn once per seed. Times in milliseconds. */
export type Weather = {
  readonly meanDelay: number
  /** Chance that a message is held back by seconds, and everything behind it on its connection too. */
  readonly stall: number
  /** Chance that a request reaches the server twice. */
  readonly duplicate: number
  /** Chance that a message breaks its connection on the way (and is lost with it, or arrives all the same). */
  readonly cut: number
}

export const CALM: Weather = { meanDelay: 15, stall: 0, duplicate: 0, cut: 0 }

export type Direction = 'up' | 'down'

/** One end's handlers. `closed` comes at most once, perhaps long after the other end knows. */
export type Ends = {
  readonly toServer: (message: string) => void
  readonly toClient: (message: string) => void
  readonly clientClosed: () => void
  readonly serverClosed: () => void
}

/**
 * One connection: ordered in each direction, and nothing more. A cut loses what is in flight or, as real networks do, delivers
 * it late: a request may commit after its socket was given up, an answer may arrive for a socket that nobody listens to any more.
 */
export class Connection {
  private readonly readyAt = { up: 0, down: 0 }
  private readonly blocked = { up: false, down: false }
  private readonly held: { readonly up: (() => void)[]; readonly down: (() => void)[] } = { up: [], down: [] }
  private heldBytes = 0
  private broken = false
  private clientGone = false
  private serverGone = false
  private readonly ends: Ends
  private readonly scheduler: Scheduler
  private readonly random: Random
  private readonly weather: () => Weather

  constructor(scheduler: Scheduler, random: Random, weather: () => Weather, ends: Ends) {
    this.scheduler = scheduler
    this.random = random
    this.weather = weather
    this.ends = ends
  }

  get over(): boolean {
    return this.clientGone && this.serverGone
  }

  up(message: string): void {
    const deliver = () => {
      if (!this.serverGone) this.ends.toServer(message)
    }
    this.carry('up', deliver)
    const { duplicate } = this.weather()
    if (duplicate > 0 && this.random.chance(duplicate)) this.carry('up', deliver)
  }

  /** A dead socket's messages still reach the console's process; it must know them for what they are. */
  down(message: string): void {
    if (this.blocked.down) this.heldBytes += message.length
    this.carry('down', () => this.ends.toClient(message))
  }

  /** What waits at the server's end because nothing goes out. */
  waitingBytes(): number {
    return this.heldBytes
  }

  /** Nothing passes in this direction any more; the ends do not know. */
  block(direction: Direction): void {
    this.blocked[direction] = true
  }

  /** What was held goes on. */
  unblock(direction: Direction): void {
    if (!this.blocked[direction]) return
    this.blocked[direction] = false
    if (direction === 'down') this.heldBytes = 0
    let at = this.scheduler.now()
    for (const deliver of this.held[direction].splice(0)) {
      at += this.random.wait(5)
      this.scheduler.after(at - this.scheduler.now(), deliver)
    }
    this.readyAt[direction] = Math.max(this.readyAt[direction], at)
  }

  /** The path breaks. Each end notices for itself: soon, or after its time-out. */
  cut(): void {
    if (this.broken) return
    this.broken = true
    this.scheduler.after(this.noticeDelay(), () => this.clientSees())
    this.scheduler.after(this.noticeDelay(), () => this.serverSees())
  }

  /** The console's end was closed by the console itself, or died with it. */
  closeFromClient(): void {
    if (this.clientGone) return
    this.clientGone = true
    if (this.broken) return
    this.broken = true
    if (this.blocked.up) this.scheduler.after(25_000, () => this.serverSees())
    else this.inOrder('up', () => this.serverSees())
  }

  /** The server's end was closed by the server, or died with it. */
  closeFromServer(): void {
    if (this.serverGone) return
    this.serverGone = true
    if (this.broken) return
    this.broken = true
    if (this.blocked.down) this.scheduler.after(25_000, () => this.clientSees())
    else this.inOrder('down', () => this.clientSees())
  }

  private carry(direction: Direction, deliver: () => void): void {
    const weather = this.weather()
    if (this.broken) {
      // Written into a socket that is already dead: lost, or already past the break.
      if (this.random.chance(0.2)) this.scheduler.after(this.random.wait(5_000), deliver)
      return
    }
    const breaks = weather.cut > 0 && this.random.chance(weather.cut)
    if (breaks) this.scheduler.after(this.random.wait(weather.meanDelay), () => this.cut())
    if (breaks && this.random.chance(0.6)) return
    this.inOrder(direction, deliver)
  }

  private inOrder(direction: Direction, deliver: () => void): void {
    const weather = this.weather()
    const now = this.scheduler.now()
    const stall = weather.stall > 0 && this.random.chance(weather.stall) ? this.random.wait(6_000) : 0
    const at = Math.max(this.readyAt[direction], now + 0.5 + this.random.wait(weather.meanDelay) + stall)
    this.readyAt[direction] = at
    this.scheduler.after(at - now, () => {
      if (this.blocked[direction]) this.held[direction].push(deliver)
      else deliver()
    })
  }

  private noticeDelay(): number {
    return this.random.chance(0.6) ? this.random.wait(50) : this.random.between(1_000, 25_000)
  }

  private clientSees(): void {
    if (this.clientGone) return
    this.clientGone = true
    this.ends.clientClosed()
  }

  private serverSees(): void {
    if (this.serverGone) return
    this.serverGone = true
    this.ends.serverClosed()
  }
}
