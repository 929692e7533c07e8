import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Effect } from '#renderer/sync/engine/effect.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { makeContext, makeCommand, makeDesk, makeIntake, uuid } from '#test/make.ts'
import type { TestDesk } from '#test/make.ts'
import { Rig, commandId, serverOf } from './rig.ts'
import type { TestDisk } from './rig.ts'
import type { TinyDesk } from './tiny-desk.ts'

function openElsewhere(desk: TinyDesk, people: TestDesk, n: number): void {
  const context = makeContext(people, { actor: people.engineer, commandId: commandId(n) })
  const intake = makeIntake(people, { number: caseNumberOf(20_000 + n), subject: `case ${n}` })
  desk.elsewhere(makeCommand('open', CaseId.parse(uuid(3_000 + n)), intake, context), people.engineer)
}

/** What a start from this disk shows of the desk's own records. */
function shownFrom(people: TestDesk, desk: TinyDesk, disk: TestDisk): ReadonlyMap<string, RecordImage> {
  const rig = new Rig(people, desk, { disk }).boot()
  return new Map([...rig.window.records].map(([key, { pending, ...image }]) => [key, { ...image, pending } as unknown as RecordImage]))
}

function replicaWrites(effects: readonly Effect[]) {
  return effects.filter((effect) => effect.type === 'store' && effect.in.database === 'replica')
}

describe('folding', () => {
  it('[SYNC-10] leaves the same desk behind after each of its steps', () => {
    const people = makeDesk()
    const desk = serverOf(people)
    for (let n = 0; n < 40; n += 1) openElsewhere(desk, people, n)
    const rig = new Rig(people, desk).live()
    for (let n = 40; n < 1_240; n += 1) openElsewhere(desk, people, n)
    rig.poke(40)
    expect(rig.window.records.size).toBe(1_240 + desk.images.size - desk.log.length)
    const before = rig.disk.copy()
    const from = rig.effects.length
    rig.advance(61_000)
    const steps = replicaWrites(rig.effects.slice(from))
    expect(steps.length).toBeGreaterThan(2)
    const expected = shownFrom(people, desk, before.copy())
    const disk = before.copy()
    for (const step of steps) {
      if (step.type === 'store') disk.write(step)
      expect(shownFrom(people, desk, disk.copy())).toEqual(expected)
    }
    expect([...disk.replica(1).keys()].filter((name) => name.startsWith('tail/')).length).toBeLessThan(500)
    expect([...disk.replica(1).keys()].filter((name) => name.startsWith('page/'))).toEqual([])
  })

  it('[SYNC-10] rewrites only the chunks that have something beside them', () => {
    const people = makeDesk()
    const desk = serverOf(people)
    for (let n = 0; n < 20; n += 1) openElsewhere(desk, people, n)
    const rig = new Rig(people, desk).live()
    const from = rig.effects.length
    rig.advance(200_000)
    const chunksWritten = replicaWrites(rig.effects.slice(from)).flatMap((effect) =>
      effect.type === 'store' ? effect.ops.filter(({ table }) => table === 'chunk') : []
    )
    expect(chunksWritten).toEqual([])
  })

  it('[SYNC-17] writes the base anew from memory when the disk lost it, and starts from that', () => {
    const people = makeDesk()
    const desk = serverOf(people)
    for (let n = 0; n < 700; n += 1) openElsewhere(desk, people, n)
    const rig = new Rig(people, desk).live()
    rig.disk.replicas.clear()
    rig.problem = 'lost'
    openElsewhere(desk, people, 700)
    rig.poke(700)
    expect(rig.state.storage?.problem).toBe('evicted')
    rig.problem = null
    rig.advance(120_000)
    expect(rig.state.storage).toBeNull()
    const shown = shownFrom(people, desk, rig.disk.copy())
    expect(shown.size).toBe(rig.window.records.size)
    expect(shown.get(`case:${uuid(3_700)}`)).toMatchObject({ version: 1 })
  })

  it('[SYNC-10] a start finds the old base or the new one, wherever a change of generation was cut off', () => {
    const people = makeDesk()
    const desk = serverOf(people)
    for (let n = 0; n < 10; n += 1) openElsewhere(desk, people, n)
    const rig = new Rig(people, desk).live()
    const restore = desk.backup()
    const old = shownFrom(people, desk, rig.disk.copy())
    restore()
    openElsewhere(desk, people, 10)
    rig.cut()
    const before = rig.disk.copy()
    const from = rig.effects.length
    rig.advance(10_000)
    const disk = before.copy()
    const sizes = new Set<number>()
    for (const effect of rig.effects.slice(from)) {
      if (effect.type === 'store') disk.write(effect)
      else if (effect.type === 'keepReplicas') {
        for (const generation of disk.replicas.keys()) if (!effect.generations.includes(generation)) disk.replicas.delete(generation)
      } else continue
      const shown = shownFrom(people, desk, disk.copy())
      sizes.add(shown.size)
      expect([old.size, old.size + 1]).toContain(shown.size)
    }
    expect(sizes).toEqual(new Set([old.size, old.size + 1]))
    expect(disk.replicas.size).toBe(1)
  })
})
