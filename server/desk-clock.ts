import { performance } from 'node:perf_hooks'
import type { Instant } from '#shared/domain/instant.ts'
import type { Clock, Timers } from './clock.ts'

const MEASURE_EVERY = 30_000
const SAMPLES = 8

export type DeskClock = Clock & { readonly stop: () => void }

/**
 * The database's clock as this node measures it, so that several nodes with different clocks agree. Of the last few samples the one with
 * the shortest round trip counts; its error is at most half of that. `ask` reads the database's clock in milliseconds.
 */
export async function deskClock(
  ask: () => Promise<number>,
  timers: Timers,
  own: { readonly wall: () => number; readonly monotonic: () => number } = { wall: Date.now, monotonic: () => performance.now() }
): Promise<DeskClock> {
  const samples: { readonly offset: number; readonly trip: number }[] = []
  let cancel = () => {}
  let drift = own.wall() - own.monotonic()

  const measure = async () => {
    // The wall clock was set or the machine slept: what was measured before says nothing any more.
    const driftNow = own.wall() - own.monotonic()
    if (Math.abs(driftNow - drift) > 250) samples.length = 0
    drift = driftNow
    const before = own.monotonic()
    const theirs = await ask()
    const trip = own.monotonic() - before
    samples.push({ offset: theirs + trip / 2 - own.wall(), trip })
    if (samples.length > SAMPLES) samples.shift()
  }
  const plan = () => {
    cancel = timers.after(MEASURE_EVERY, () => {
      // Unreachable just now: the last measurement holds.
      measure().then(plan, plan)
    })
  }
  for (let turn = 0; turn < 3; turn++) await measure()
  plan()
  return {
    now: () => {
      const best = samples.toSorted((a, b) => a.trip - b.trip)[0]
      return Math.round(own.wall() + (best?.offset ?? 0)) as Instant
    },
    stop: () => cancel()
  }
}
