import type { Reading } from './reading.ts'

type Sample = { readonly offset: number; readonly roundTrip: number; readonly mono: number }

/** Kept samples; older ones are dropped. */
const KEPT = 16
/** How fast a computer's quartz may run off, as a share of elapsed time. */
const DRIFT = 100e-6
/** A gap between the two clocks that no quartz explains: sleep, or somebody set the wall clock. */
const JUMP = 250
/** The system's notice of waking up and the jump it explains come this close to each other, or do not belong together. */
const NOTICE_WITHIN = 5_000

/**
 * Server time as this console measures it: monotonic clock + offset, the offset from the best of several round trips, the error
 * bounded by half the round trip plus drift since (SYNC-11). Before the first round trip it goes by the wall clock and says so.
 */
export class ServerClock {
  #samples: readonly Sample[] = []
  #offset: number
  /** Null: nothing was ever measured against this server. */
  #error: number | null
  #errorAt: number
  #last: Reading
  /** Since when the two clocks have run alike, by the monotonic one. */
  #steadySince = Number.NEGATIVE_INFINITY
  /** When the system said that it woke up, until the jump that goes with it is seen. */
  #resumedAt: number | null = null
  /** The newest jump forward that was not taken for sleep, in case the system's notice comes after it. */
  #unexplained: { readonly at: number; readonly by: number } | null = null

  constructor(
    at: Reading,
    remembered: { readonly serverMinusWall: number; readonly uncertainty: number; readonly measuredAtWall: number } | null
  ) {
    this.#last = at
    this.#errorAt = at.mono
    this.#offset = at.wall - at.mono + (remembered?.serverMinusWall ?? 0)
    this.#error = remembered ? remembered.uncertainty + Math.abs(at.wall - remembered.measuredAtWall) * DRIFT + 1_000 : null
  }

  /** Must be called with every reading, before anything else uses it. True: time jumped and should be measured again. */
  notice(at: Reading): boolean {
    const jump = at.wall - this.#last.wall - (at.mono - this.#last.mono)
    this.#last = at
    if (Math.abs(jump) <= JUMP) return false
    this.#steadySince = at.mono
    // A monotonic clock that stands still in sleep looks like a wall clock set forward. Only the system's own notice tells them apart.
    const slept = jump > 0 && this.#resumedAt !== null && at.mono - this.#resumedAt <= NOTICE_WITHIN
    if (slept) {
      this.#offset += jump
      if (this.#error !== null) this.#widen(at.mono, jump * DRIFT)
    } else if (jump > 0) {
      if (this.#error !== null) this.#widen(at.mono, jump * (1 + DRIFT) + 1)
      this.#unexplained = { at: at.mono, by: jump }
    }
    if (jump > 0) this.#resumedAt = null
    this.#samples = []
    return true
  }

  /** The system is about to sleep: what jumped before has nothing to do with it. */
  suspending(): void {
    this.#resumedAt = null
    this.#unexplained = null
  }

  /** The system said that it woke up: the jump forward that was just seen, or comes next, was sleep. */
  resumed(at: Reading): void {
    const jump = this.#unexplained
    this.#unexplained = null
    if (jump && at.mono - jump.at <= NOTICE_WITHIN) this.#offset += jump.by
    else this.#resumedAt = at.mono
  }

  /** A round trip: sent and answered by the monotonic clock, the server's time in between. */
  sample(sentMono: number, answeredMono: number, serverTime: number): void {
    // Sent before a sleep that the monotonic clock did not count: how long it really took, nobody knows.
    if (sentMono <= this.#steadySince) return
    const roundTrip = Math.max(0, answeredMono - sentMono)
    const offset = serverTime - (sentMono + answeredMono) / 2
    this.#samples = [...this.#samples, { offset, roundTrip, mono: answeredMono }].slice(-KEPT)
    const sorted = this.#samples.map((one) => one.roundTrip).toSorted((a, b) => a - b)
    const limit = 2 * (sorted[Math.floor((sorted.length - 1) / 2)] ?? 0)
    const good = this.#samples.filter((one) => one.roundTrip <= limit)
    const offsets = good.map((one) => one.offset).toSorted((a, b) => a - b)
    const middle = offsets[Math.floor((offsets.length - 1) / 2)]
    if (middle === undefined) return
    const bounds = good.map((one) => one.roundTrip * (0.5 + DRIFT) + Math.abs(one.offset - middle) + (answeredMono - one.mono) * DRIFT)
    this.#offset = middle
    this.#error = Math.min(...bounds)
    this.#errorAt = answeredMono
  }

  /** Server time now, as a whole millisecond. */
  now(at: Reading): number {
    return Math.max(0, Math.round(at.mono + this.#offset))
  }

  /** Half the width of the interval in which the true server time lies; null before anything was measured. */
  uncertainty(at: Reading): number | null {
    return this.#error === null ? null : Math.ceil(this.#error + Math.max(0, at.mono - this.#errorAt) * DRIFT)
  }

  get offset(): number {
    return this.#offset
  }

  /** What the next start may go by. */
  remember(at: Reading): { readonly serverMinusWall: number; readonly uncertainty: number; readonly measuredAtWall: number } | null {
    const uncertainty = this.uncertainty(at)
    return uncertainty === null ? null : { serverMinusWall: at.mono + this.#offset - at.wall, uncertainty, measuredAtWall: at.wall }
  }

  #widen(mono: number, by: number): void {
    this.#error = (this.#error ?? 0) + Math.max(0, mono - this.#errorAt) * DRIFT + by
    this.#errorAt = mono
  }
}
