/** Trips kept; the shortest is believed. */
const KEPT = 8

/** Ties this window's monotonic clock to the engine's, which counts from another origin: the shortest of the last trips there and back. */
export class ClockBridge {
  readonly #mono: () => number
  #pings = 0
  readonly #sent = new Map<number, number>()
  #trips: readonly { readonly length: number; readonly ahead: number }[] = []

  constructor(mono: () => number) {
    this.#mono = mono
  }

  sent(): number {
    this.#pings += 1
    this.#sent.set(this.#pings, this.#mono())
    return this.#pings
  }

  /** True when what is believed has changed noticeably. */
  heard(ping: number, engineMono: number): boolean {
    const from = this.#sent.get(ping)
    this.#sent.delete(ping)
    if (from === undefined) return false
    const to = this.#mono()
    const before = this.#ahead()
    this.#trips = [...this.#trips, { length: to - from, ahead: engineMono - (from + to) / 2 }].slice(-KEPT)
    return Math.abs(this.#ahead() - before) > 0.5
  }

  forget(): void {
    this.#trips = []
    this.#sent.clear()
  }

  /** The engine's offset to server time, counted from this window's clock. */
  offsetHere(engineOffset: number): number {
    return this.#trips.length === 0 ? engineOffset : engineOffset + this.#ahead()
  }

  serverNow(engineOffset: number): number {
    return Math.max(0, Math.round(this.#mono() + this.offsetHere(engineOffset)))
  }

  #ahead(): number {
    let best = this.#trips[0]
    for (const trip of this.#trips) if (best && trip.length < best.length) best = trip
    return best?.ahead ?? 0
  }
}
