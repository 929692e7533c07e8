import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { ServerClock } from '#renderer/sync/engine/server-clock.ts'
import { seeded } from './rig.ts'

const WALL = 1_772_442_000_000
/** The server's clock in these tests: this far from the monotonic clock. */
const TRUE_OFFSET = WALL + 7_000

function measured(roundTrips: readonly number[], random = seeded(1)): { readonly clock: ServerClock; readonly mono: number } {
  let mono = 1_000
  const clock = new ServerClock({ mono, wall: WALL + mono }, null)
  for (const roundTrip of roundTrips) {
    const out = roundTrip * random()
    clock.sample(mono, mono + roundTrip, mono + out + TRUE_OFFSET)
    mono += roundTrip + 1_000
  }
  return { clock, mono }
}

describe('server time', () => {
  it('[SYNC-11] lies within its uncertainty, whatever the ways there and back took', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 40 }), fc.integer(), (roundTrips, seed) => {
        const { clock, mono } = measured(roundTrips, seeded(seed))
        const at = { mono, wall: WALL }
        const uncertainty = clock.uncertainty(at)
        expect(uncertainty).not.toBeNull()
        expect(Math.abs(clock.now(at) - (mono + TRUE_OFFSET))).toBeLessThanOrEqual((uncertainty ?? 0) + 1)
      }),
      { numRuns: 1_000 }
    )
  })

  it('[SYNC-11] believes the short round trips when some were long', () => {
    const { clock, mono } = measured([3_000, 12, 2_500, 10, 9, 4_000, 11])
    expect(clock.uncertainty({ mono, wall: WALL })).toBeLessThanOrEqual(12)
  })

  it('[SYNC-11] is not moved by a wall clock that is set, and knows that it may be wrong when it was set forward', () => {
    const { clock, mono } = measured([10, 10, 10])
    const before = clock.now({ mono, wall: WALL + mono })
    clock.notice({ mono, wall: WALL + mono })
    expect(clock.notice({ mono, wall: WALL + mono - 86_400_000 })).toBe(true)
    expect(clock.now({ mono, wall: 0 })).toBe(before)
    expect(clock.uncertainty({ mono, wall: 0 })).toBeLessThan(50)
    expect(clock.notice({ mono, wall: WALL + mono })).toBe(true)
    expect(clock.now({ mono, wall: 0 })).toBe(before)
    expect(clock.uncertainty({ mono, wall: 0 })).toBeGreaterThanOrEqual(86_400_000)
  })

  it('[SYNC-11] goes on by the wall clock over a sleep that the system told of', () => {
    const { clock, mono } = measured([10, 10, 10])
    const awake = { mono, wall: WALL + mono }
    clock.notice(awake)
    clock.resumed(awake)
    const woken = { mono: mono + 5, wall: WALL + mono + 3_600_005 }
    expect(clock.notice(woken)).toBe(true)
    expect(Math.abs(clock.now(woken) - (mono + 3_600_005 + TRUE_OFFSET))).toBeLessThan(20)
  })

  it('says that it has measured nothing before the first round trip', () => {
    const clock = new ServerClock({ mono: 5, wall: WALL }, null)
    expect(clock.uncertainty({ mono: 5, wall: WALL })).toBeNull()
    expect(clock.now({ mono: 5, wall: WALL })).toBe(WALL)
  })

  it('starts from what the last run had measured, less sure the longer ago', () => {
    const remembered = { serverMinusWall: 7_000, uncertainty: 20, measuredAtWall: WALL }
    const soon = new ServerClock({ mono: 0, wall: WALL + 60_000 }, remembered)
    const late = new ServerClock({ mono: 0, wall: WALL + 864_000_000 }, remembered)
    expect(soon.now({ mono: 0, wall: WALL + 60_000 })).toBe(WALL + 67_000)
    expect(late.uncertainty({ mono: 0, wall: 0 }) ?? 0).toBeGreaterThan(soon.uncertainty({ mono: 0, wall: 0 }) ?? Infinity)
  })
})
