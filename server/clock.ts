import type { Instant } from '#shared/domain/instant.ts'

/** The server's wall clock. Everything that decides or compares instants takes one of these, so that a simulation can run the same code. */
export type Clock = { readonly now: () => Instant }

/** One-shot timers; the returned function cancels. */
export type Timers = { readonly after: (milliseconds: number, run: () => void) => () => void }

export const systemClock: Clock = { now: () => Date.now() as Instant }

export const systemTimers: Timers = {
  after: (milliseconds, run) => {
    const handle = setTimeout(run, milliseconds)
    return () => clearTimeout(handle)
  }
}
