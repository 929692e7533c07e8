import { describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, seeded, serverOf } from './rig.ts'

const people = makeDesk()

/** A day's mixture of work, cuts, sleeps and restarts, steered by chance that can be repeated. */
function day(seed: number): readonly string[] {
  const random = seeded(seed)
  const clock = { wall: 1_772_442_000_000 }
  const desk = serverOf(people, () => clock.wall)
  let rig = new Rig(people, desk, { clock, seed }).live()
  const effects: string[] = []
  const keep = () => {
    effects.push(...rig.effects.map((effect) => JSON.stringify(effect)))
    rig.effects.length = 0
  }
  for (let step = 0; step < 120; step += 1) {
    const chance = random()
    const caseId = uuid(700 + Math.floor(random() * 4))
    if (chance < 0.15) rig.submit('open', caseId, makeIntake(people, { number: caseNumberOf(50_000 + step) }))
    else if (chance < 0.5) rig.submit('note', caseId, { text: `step ${step}` })
    else if (chance < 0.6) rig.online = !rig.online
    else if (chance < 0.7) rig.cut()
    else if (chance < 0.75) {
      keep()
      rig = rig.restarted({ seed: seed + step })
      rig.online = random() < 0.7
      rig.boot()
    } else if (chance < 0.8) rig.wall += 3_600_000
    else rig.advance(random() * 30_000)
    keep()
  }
  return effects
}

describe('the engine', () => {
  it('[SYNC-1] does the same again for the same inputs, clocks and chance', () => {
    for (const seed of [1, 2, 3]) expect(day(seed)).toEqual(day(seed))
  })

  it('[SYNC-1] survives none of it by luck: no fault is reported and every day ends quiet', () => {
    for (let seed = 10; seed < 30; seed += 1) {
      const effects = day(seed)
      expect(effects.filter((effect) => effect.startsWith('{"type":"fault"'))).toEqual([])
    }
  })
})
