import { describe, expect, it } from 'vitest'
import { breachesAmong, breachesChanged } from '#shared/domain/sla/breach.ts'
import { readClocks } from '#shared/domain/sla/clocks.ts'
import { PRESETS, PRESET_SOURCES } from '#shared/domain/sla/presets.ts'
import { Policy } from '#shared/domain/sla/policy.ts'
import { warningsOf, warningStep } from '#shared/domain/sla/warning.ts'
import { makeDesk, makeResolvePolicy, minute, openCase, portalCase } from '#test/make.ts'

const desk = makeDesk()
const { engineer, policy } = desk
const told = { text: 'On it', via: 'email' } as const
const late = (now: number) => ({ now: minute(now), late: true })

describe('breaches', () => {
  it('[SLA-11] [SLA-13] are withdrawn by work that was done in time and recorded late', () => {
    const life = portalCase(desk)
    const before = life.case.marks
    life.give(10, 'updateCustomer', told, late(120))
    expect(breachesChanged(before, life.case.marks, policy, minute(120))).toEqual({
      withdrawn: [
        { kind: 'ACK', cycle: 1, round: 1, breachedAt: minute(15), endedAt: null },
        { kind: 'RESPONSE', cycle: 1, round: 1, breachedAt: minute(60), endedAt: null }
      ],
      found: []
    })
  })

  it('[SLA-11] [SLA-13] are found by work that was recorded late', () => {
    const life = openCase(desk).give(45, 'updateCustomer', told, { actor: engineer })
    const before = life.case.marks
    life.give(10, 'raiseSeverity', { to: 1, reason: '' }, late(50))
    expect(breachesChanged(before, life.case.marks, policy, minute(50))).toEqual({
      withdrawn: [],
      found: [{ kind: 'RESPONSE', cycle: 1, round: 1, breachedAt: minute(25), endedAt: minute(45) }]
    })
  })

  it('[SLA-13] that are only kept too late after all are neither withdrawn nor found', () => {
    const life = portalCase(desk)
    const before = life.case.marks
    life.give(100, 'updateCustomer', told)
    expect(breachesChanged(before, life.case.marks, policy, minute(120))).toEqual({ withdrawn: [], found: [] })
    expect(breachesAmong(readClocks(life.case.marks, policy, minute(120))).map(({ kind, endedAt }) => [kind, endedAt])).toEqual([
      ['ACK', minute(100)],
      ['RESPONSE', minute(100)]
    ])
  })
})

describe('warnings', () => {
  const only = (life: ReturnType<typeof openCase>, kind: string, now: number, under = policy) => {
    const reading = readClocks(life.case.marks, under, minute(now)).findLast((candidate) => candidate.kind === kind)
    if (!reading) throw new Error(`no ${kind}`)
    return reading
  }

  it('[SLA-14] come at 50, 75, 90 and 100 percent', () => {
    const warnings = warningsOf(only(portalCase(desk), 'RESPONSE', 1), policy)
    expect(warnings).toEqual([
      { percent: 50, at: minute(30) },
      { percent: 75, at: minute(45) },
      { percent: 90, at: minute(54) },
      { percent: 100, at: minute(60) }
    ])
  })

  it('[SLA-14] do not count a pause', () => {
    // 240 minutes from 10; 50 % is 120 counted minutes: 60 until the pause at 70, 60 after it ends at 190.
    const life = openCase(desk)
      .give(10, 'updateCustomer', told)
      .give(70, 'wait', { on: 'customer', question: 'Which?', until: minute(190) })
    expect(warningsOf(only(life, 'UPDATE', 100), policy).map((warning) => warning.at)).toEqual([
      minute(250),
      minute(310),
      minute(346),
      minute(370)
    ])
  })

  it('[SLA-14] that a wait without an end date holds back are absent', () => {
    const life = openCase(desk).give(10, 'updateCustomer', told)
    const marks = [...life.case.marks, { at: minute(150), m: 'waited', on: 'customer', until: null } as const]
    const reading = readClocks(marks, policy, minute(200)).findLast((candidate) => candidate.kind === 'UPDATE')
    expect(reading && warningsOf(reading, policy)).toEqual([{ percent: 50, at: minute(130) }])
  })

  it('[SLA-14] stop with the promise', () => {
    const life = openCase(desk).give(40, 'updateCustomer', told)
    expect(warningsOf(only(life, 'RESPONSE', 100), policy)).toEqual([{ percent: 50, at: minute(30) }])
  })

  it('[SLA-14] step up from 0 to 100', () => {
    const reading = only(portalCase(desk), 'ACK', 1)
    expect([0, 7.49, 7.5, 11.25, 13.5, 14.99, 15, 60].map((at) => warningStep(reading, policy, minute(at)))).toEqual([
      0, 0, 50, 75, 90, 90, 100, 100
    ])
  })
})

describe('the presets', () => {
  it.each(Object.values(PRESETS))('[DIR-6] $id is a valid policy', (preset) => {
    expect(Policy.parse(preset)).toEqual(preset)
    expect(preset.id).toBe(`${preset.plan}/1`)
    expect(preset.targets.every((target) => target.ackMinutes === 15)).toBe(true)
  })

  it('say which figures a service document gives', () => {
    expect(PRESETS['managed-os'].targets.map((target) => target.responseMinutes)).toEqual([15, 30, 60, 240, 1440])
    expect(PRESETS['managed-os'].targets.map((target) => target.updateMinutes)).toEqual([30, 60, 240, 1440, 4320])
    expect(PRESET_SOURCES['managed-os']).toEqual({
      acknowledgement: 'document',
      response: 'document',
      update: 'deskDefault',
      matrix: 'deskDefault'
    })
    for (const plan of ['ims-foundation', 'ims-premier'] as const) {
      expect(new Set(Object.values(PRESET_SOURCES[plan]))).toEqual(new Set(['deskDefault']))
      expect(PRESETS[plan].name).toContain('desk default')
    }
  })

  it('[SLA-4] promise no resolution, because no document does', () => {
    for (const preset of Object.values(PRESETS)) expect(preset.targets.every((target) => target.resolveMinutes === null)).toBe(true)
    expect(makeResolvePolicy().targets.map((target) => target.resolveMinutes)).toEqual([240, 480, 1440, 2880, null])
  })
})
