import { describe, expect, it } from 'vitest'
import { suggestSeverity } from '#shared/domain/case/severity-matrix.ts'
import { standingSeverity } from '#shared/domain/sla/standing.ts'
import { makeDesk, makePolicy, minute, openCase } from '#test/make.ts'

const desk = makeDesk()
const { engineer } = desk
const lower = (from: 1 | 2 | 3 | 4 | 5, to: 1 | 2 | 3 | 4 | 5, reason = 'A workaround holds') => ({ from, to, reason })
const raise = (to: 1 | 2 | 3 | 4 | 5) => ({ to, reason: '' })

describe('the matrix', () => {
  it.each([
    ['high', 'high', 1],
    ['high', 'medium', 2],
    ['high', 'low', 3],
    ['medium', 'high', 2],
    ['medium', 'medium', 3],
    ['medium', 'low', 4],
    ['low', 'high', 3],
    ['low', 'medium', 4],
    ['low', 'low', 5]
  ] as const)('[CASE-4] impact %s and urgency %s suggest severity %i', (impact, urgency, severity) => {
    expect(suggestSeverity(makePolicy(), impact, urgency)).toBe(severity)
  })

  it('[CASE-3] suggests severity 3 while impact or urgency is not known', () => {
    expect([suggestSeverity(makePolicy(), null, 'high'), suggestSeverity(makePolicy(), 'high', null)]).toEqual([3, 3])
  })
})

describe('raiseSeverity', () => {
  it('[SLA-19] counts from the severity the case has now', () => {
    const life = openCase(desk, { severity: 3 }).give(5, 'raiseSeverity', raise(1))
    expect(life.log.at(-1)?.fact).toEqual({ type: 'severityRaised', from: 3, to: 1, reason: '' })
    expect(life.case.severity).toBe(1)
  })

  it('[CASE-14] has nothing to do when the case has that severity, and does not lower', () => {
    expect(openCase(desk, { severity: 2 }).give(5, 'raiseSeverity', raise(2)).outcome).toBe('')
    expect(openCase(desk, { severity: 2 }).give(5, 'raiseSeverity', raise(3)).outcome).toBe('notMoreSevere')
  })

  it('[SLA-11] is recorded again when it was made earlier than the one on record', () => {
    const life = openCase(desk, { severity: 3 })
      .give(30, 'raiseSeverity', raise(1), { actor: engineer })
      .give(10, 'raiseSeverity', raise(1), { now: minute(40), late: true })
    expect(life.log.at(-1)?.fact).toMatchObject({ type: 'severityRaised', from: 3, to: 1 })
    expect(standingSeverity(life.case.marks, minute(10))).toBe(1)
  })

  it('[SLA-19] that arrives late outranks a lowering made after it', () => {
    const life = openCase(desk, { severity: 2 })
      .give(30, 'lowerSeverity', lower(2, 4), { actor: engineer })
      .give(10, 'raiseSeverity', raise(1), { now: minute(40), late: true })
    expect(life.case.severity).toBe(1)
    const inOrder = openCase(desk, { severity: 2 })
      .give(10, 'raiseSeverity', raise(1))
      .give(30, 'lowerSeverity', lower(2, 4), { actor: engineer })
    expect(inOrder.outcome).toBe('updatedMeanwhile')
    expect(life.case.marks.filter((mark) => mark.m === 'severity' && mark.severity !== 1)).toEqual([])
  })
})

describe('lowerSeverity', () => {
  it('[SLA-21] needs a reason', () => {
    expect(openCase(desk, { severity: 2 }).give(5, 'lowerSeverity', lower(2, 3, ' ')).outcome).toBe('reasonRequired')
    expect(openCase(desk, { severity: 2 }).give(5, 'lowerSeverity', lower(2, 3)).case.severity).toBe(3)
  })

  it('[SLA-19] is refused when somebody raised it meanwhile', () => {
    const life = openCase(desk, { severity: 3 })
      .give(5, 'raiseSeverity', raise(1), { actor: engineer })
      .give(6, 'lowerSeverity', lower(3, 4))
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { severity: 1 } } })
  })

  it('[SLA-19] that arrives late is refused when the severity changed in between, even back to what was seen', () => {
    const life = openCase(desk, { severity: 3 })
      .give(20, 'raiseSeverity', raise(1), { actor: engineer })
      .give(30, 'lowerSeverity', lower(1, 3), { actor: engineer })
      .give(10, 'lowerSeverity', lower(3, 4), { now: minute(40), late: true })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(30) } } })
  })

  it('[CASE-14] has nothing to do when the case has that severity, and does not raise', () => {
    expect(openCase(desk, { severity: 4 }).give(5, 'lowerSeverity', { from: 4, to: 4, reason: '' }).outcome).toBe('')
    expect(openCase(desk, { severity: 4 }).give(5, 'lowerSeverity', lower(4, 4)).case.severity).toBe(4)
    expect(openCase(desk, { severity: 4 }).give(5, 'lowerSeverity', lower(4, 4)).outcome).toBe('noteAdded')
    expect(openCase(desk, { severity: 4 }).give(5, 'lowerSeverity', lower(4, 2)).outcome).toBe('notLessSevere')
  })
})
