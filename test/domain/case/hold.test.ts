import { describe, expect, it } from 'vitest'
import { makeDesk, minute, openCase, portalCase } from '#test/make.ts'

const desk = makeDesk()
const { engineer } = desk
const asked = { on: 'customer', question: 'Which host?', until: minute(240) } as const

describe('wait', () => {
  it('[SLA-7] holds the case from now until the end date, and shows the question', () => {
    expect(openCase(desk).give(5, 'wait', asked).case).toMatchObject({
      status: 'waiting',
      waiting: { on: 'customer', since: minute(5), until: minute(240), question: 'Which host?' }
    })
  })

  it.each([
    ['the question', { ...asked, question: ' ' }, 'questionRequired'],
    ['the end date', { ...asked, until: null }, 'endDateRequired'],
    ['an end date in the future', { ...asked, until: minute(5) }, 'endDateNotInFuture']
  ])('[SLA-7] needs %s', (_, payload, expected) => {
    expect(openCase(desk).give(5, 'wait', payload).outcome).toBe(expected)
  })

  it('[SLA-7] is refused while the same wait goes on and replaces one that ran out', () => {
    const life = openCase(desk).give(5, 'wait', asked)
    expect(life.give(239, 'wait', { ...asked, until: minute(400) }).outcome).toBe('alreadyWaiting')
    expect(life.give(240, 'wait', { ...asked, until: minute(400) }).outcome).toBe('waitEnded waitStarted')
    expect(life.case.waiting).toMatchObject({ since: minute(240), until: minute(400) })
  })

  it('[SLA-7] on somebody else replaces the one before, with a line for the stop and one for the start', () => {
    const life = openCase(desk)
      .give(5, 'wait', asked)
      .give(9, 'wait', { ...asked, on: 'vendor' })
    expect(life.outcome).toBe('waitEnded waitStarted')
    expect(life.case.waiting).toMatchObject({ on: 'vendor', since: minute(9) })
  })

  it('[CASE-12] is refused when the customer made contact after the question and before it was recorded', () => {
    const life = openCase(desk)
      .give(30, 'recordContact', { text: 'hello', via: 'phone', contactId: null }, { actor: engineer })
      .give(10, 'wait', asked, { now: minute(60), late: true })
    expect(life.last).toMatchObject({ refusal: { code: 'updatedMeanwhile', detail: { at: minute(30) } } })
  })
})

describe('resume', () => {
  it('[SLA-7] ends the wait', () => {
    expect(openCase(desk).give(5, 'wait', asked).give(20, 'resume', {}).case).toMatchObject({ status: 'inProgress', waiting: null })
  })

  it('[CASE-9] returns an unacknowledged case to new', () => {
    expect(portalCase(desk).give(5, 'wait', asked).give(20, 'resume', {}).case.status).toBe('new')
  })

  it('[CASE-9] is refused when the case does not wait', () => {
    expect(openCase(desk).give(5, 'resume', {}).outcome).toBe('caseNotWaiting')
  })

  it('[SLA-11] that arrives late ends the wait it meant and not the one after', () => {
    const life = openCase(desk)
      .give(10, 'wait', asked)
      .give(30, 'wait', { ...asked, on: 'vendor' })
      .give(20, 'resume', {}, { now: minute(40), late: true, actor: engineer })
    expect(life.outcome).toBe('waitEnded')
    expect(life.case).toMatchObject({ status: 'waiting', waiting: { on: 'vendor', since: minute(30), question: 'Which host?' } })
    expect(life.give(5, 'resume', {}, { now: minute(41), late: true }).outcome).toBe('caseNotWaiting')
  })
})
