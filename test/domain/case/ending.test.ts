import { describe, expect, it } from 'vitest'
import { makeDesk, minute, openCase, portalCase } from '#test/make.ts'

const desk = makeDesk()
const { agent, engineer } = desk
const done = { code: 'fixed', text: 'Restarted the service' } as const
const day = (days: number) => days * 24 * 60
const said = { text: 'It is back', via: 'phone', contactId: null } as const

describe('resolve', () => {
  it('[SLA-16] acknowledges a case that nobody had acknowledged', () => {
    const life = portalCase(desk).give(9, 'resolve', done)
    expect(life.outcome).toBe('caseAcknowledged caseResolved')
    expect(life.case).toMatchObject({ status: 'resolved', resolvedAt: minute(9), resolution: 'fixed', acknowledgedBy: agent.id })
  })

  it('[SLA-7] ends a wait with a line of its own', () => {
    const life = openCase(desk)
      .give(5, 'wait', { on: 'vendor', question: 'Part?', until: minute(90) })
      .give(9, 'resolve', done)
    expect(life.outcome).toBe('waitEnded caseResolved')
    expect(life.case.waiting).toBeNull()
  })

  it.each(['contact', 'update', 'reopening'])('[CASE-12] is refused when a %s came between', (between) => {
    const life = openCase(desk)
    if (between === 'contact') life.give(30, 'recordContact', said, { actor: engineer })
    if (between === 'update') life.give(30, 'updateCustomer', { text: 'more to come', via: 'email' }, { actor: engineer })
    if (between === 'reopening')
      life.give(5, 'resolve', done, { actor: engineer }).give(30, 'reopen', { reason: 'again' }, { actor: engineer })
    life.give(20, 'resolve', done, { now: minute(60), late: true })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(30) } } })
  })

  it('[CASE-9] is refused on a resolved and on a closed case', () => {
    const life = openCase(desk).give(5, 'resolve', done).give(6, 'resolve', done)
    expect(life.outcome).toBe('caseResolved')
    expect(life.give(7, 'close', { text: '', seenContactAt: null }).give(8, 'resolve', done).outcome).toBe('caseClosed')
  })

  it('keeps the code of imports for imports', () => {
    expect(openCase(desk).give(5, 'resolve', { ...done, code: 'imported' }).outcome).toBe('malformed')
  })
})

describe('close', () => {
  it('[CASE-11] closes what is resolved and nothing else', () => {
    const life = openCase(desk).give(5, 'close', { text: '', seenContactAt: null })
    expect(life.outcome).toBe('caseNotResolved')
    expect(life.give(6, 'resolve', done).give(7, 'close', { text: 'thanks', seenContactAt: null }).case).toMatchObject({
      status: 'closed',
      closedAt: minute(7)
    })
  })

  it('[CASE-11] is refused when the customer spoke after what the person saw, and shows when', () => {
    const life = openCase(desk).give(5, 'resolve', done).give(8, 'recordContact', said)
    life.give(9, 'close', { text: '', seenContactAt: null })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(8) } } })
    expect(life.give(10, 'close', { text: '', seenContactAt: minute(8) }).outcome).toBe('caseClosed')
  })

  it('[CASE-11] is refused when it was meant for an earlier resolution', () => {
    const life = openCase(desk)
      .give(5, 'resolve', done)
      .give(30, 'reopen', { reason: 'again' }, { actor: engineer })
      .give(50, 'resolve', done, { actor: engineer })
      .give(20, 'close', { text: '', seenContactAt: null }, { now: minute(60), late: true })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(50) } } })
  })

  it('[CASE-14] has nothing to do on a closed case', () => {
    const life = openCase(desk).give(5, 'resolve', done).give(6, 'close', { text: '', seenContactAt: null })
    expect(life.give(7, 'close', { text: '', seenContactAt: null }).outcome).toBe('')
  })

  it('[CASE-14] keeps the remark of whoever closes it second as a note', () => {
    const life = openCase(desk).give(5, 'resolve', done).give(6, 'close', { text: '', seenContactAt: null })
    expect(life.give(7, 'close', { text: 'They called to thank', seenContactAt: null }).log.at(-1)?.fact).toEqual({
      type: 'noteAdded',
      text: 'They called to thank'
    })
    expect(life.case.closedAt).toBe(minute(6))
  })
})

describe('reopen', () => {
  it('[SLA-9] starts the next cycle of the same case', () => {
    const life = openCase(desk)
      .give(5, 'resolve', done)
      .give(6, 'close', { text: '', seenContactAt: null })
      .give(100, 'reopen', { reason: 'It is back' })
    expect(life.case).toMatchObject({ status: 'inProgress', cycle: 2, reopenCount: 1, resolvedAt: null, closedAt: null, resolution: null })
    expect(life.case.number).toBe('C-104231')
  })

  it.each([
    ['at the last instant of the period', 10 + day(7), 'caseReopened'],
    ['a millisecond later', 10 + day(7) + 1 / 60_000, 'reopenPeriodOver']
  ])('[SLA-9] %s', (_, at, expected) => {
    const life = openCase(desk).give(5, 'resolve', done).give(10, 'close', { text: '', seenContactAt: null })
    expect(life.give(at, 'reopen', { reason: 'again' }).outcome).toBe(expected)
  })

  it('[SLA-9] counts the period of a resolved case from its resolution', () => {
    expect(
      openCase(desk)
        .give(5, 'resolve', done)
        .give(5 + day(7), 'reopen', { reason: 'again' }).outcome
    ).toBe('caseReopened')
    expect(
      openCase(desk)
        .give(5, 'resolve', done)
        .give(6 + day(7), 'reopen', { reason: 'again' }).outcome
    ).toBe('reopenPeriodOver')
  })

  it('[SLA-9] needs a reason and a case that has ended', () => {
    expect(openCase(desk).give(5, 'reopen', { reason: 'x' }).outcome).toBe('caseOpenAlready')
    expect(openCase(desk).give(5, 'resolve', done).give(6, 'reopen', { reason: ' ' }).outcome).toBe('reasonRequired')
  })

  it('[SLA-11] is refused when it was meant for an earlier end', () => {
    const life = openCase(desk)
      .give(5, 'resolve', done)
      .give(30, 'reopen', { reason: 'again' }, { actor: engineer })
      .give(50, 'resolve', done, { actor: engineer })
      .give(20, 'reopen', { reason: 'still broken' }, { now: minute(60), late: true })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(50) } } })
  })

  it('is refused when the case’s policy is not known', () => {
    const directory = { ...desk.directory, policy: () => undefined }
    expect(openCase(desk).give(5, 'resolve', done).give(6, 'reopen', { reason: 'x' }, { directory }).outcome).toBe('policyNotFound')
  })
})
