import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { isWellFormed, serialOf } from '#shared/domain/case/case-number.ts'
import { addLeases, numbersLeft, takeNext } from '#renderer/sync/engine/leases.ts'
import { makeDesk } from '#test/make.ts'
import { Rig, serverOf } from './rig.ts'

function taken(rig: Rig): string | undefined {
  const answer = rig.answerTo('takeNumber', rig.ask('takeNumber', {}))
  return answer && 'number' in answer ? answer.number : undefined
}

describe('case numbers', () => {
  it('[SYNC-9] burns a number on the disk before anybody is shown it', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.diskWorks = false
    const ask = rig.ask('takeNumber', {})
    expect(rig.answerTo('takeNumber', ask)).toBeUndefined()
    rig.writeAll()
    expect(rig.answerTo('takeNumber', ask)).toMatchObject({ provisional: false })
  })

  it('[SYNC-9] shows no number twice, whichever write was the last before a crash', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.online = false
    rig.cut()
    const first = [taken(rig), taken(rig)]
    rig.diskWorks = false
    const asks = [rig.ask('takeNumber', {}), rig.ask('takeNumber', {})]
    const { writes } = rig
    expect(asks.map((ask) => rig.answerTo('takeNumber', ask))).toEqual([undefined, undefined])
    for (let reached = 0; reached <= writes.length; reached += 1) {
      const disk = rig.disk.copy()
      for (const write of writes.slice(0, reached)) if (write.type === 'store') disk.write(write)
      const next = serialOf(taken(new Rig(people, rig.desk, { disk }).boot()) ?? '')
      // The writes that reached the disk may have been reported, so their numbers may have been seen.
      expect(next).toBe((serialOf(first[1] ?? '') ?? 0) + 1 + reached)
    }
  })

  it('[SYNC-9] makes up a provisional one when the last is gone and none can be had', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.online = false
    rig.cut()
    const numbers = Array.from({ length: 21 }, () => taken(rig))
    expect(numbers.slice(0, 20).every((number) => number?.startsWith('C-') && isWellFormed(number))).toBe(true)
    expect(numbers[20]).toMatch(/^T-/)
    expect(isWellFormed(numbers[20] ?? '')).toBe(true)
    expect(rig.state.numbersLeft).toBe(0)
  })

  it('asks for more before the last are gone', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    for (let n = 0; n < 13; n += 1) taken(rig)
    expect(rig.sent('lease')).toHaveLength(1)
    expect(rig.state.numbersLeft).toBe(27)
  })

  it('[SYNC-9] never hands out a number twice, however blocks come, overlap and repeat', () => {
    const lease = fc.record({ from: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 1, max: 20 }) })
    const step = fc.oneof(
      lease.map(({ from, length }) => ({ from, to: from + length - 1 })),
      fc.constant('take' as const)
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let blocks: Parameters<typeof takeNext>[0] = []
        const seen = new Set<number>()
        for (const one of steps) {
          if (one !== 'take') {
            blocks = addLeases(blocks, [one])
            continue
          }
          const before = numbersLeft(blocks)
          const next = takeNext(blocks)
          if (!next) {
            expect(before).toBe(0)
            continue
          }
          expect(seen.has(next.serial)).toBe(false)
          seen.add(next.serial)
          blocks = next.blocks
          expect(numbersLeft(blocks)).toBe(before - 1)
        }
      })
    )
  })
})
