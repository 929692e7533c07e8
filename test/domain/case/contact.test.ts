import { describe, expect, it } from 'vitest'
import { makeDesk, minute, openCase, portalCase } from '#test/make.ts'

const desk = makeDesk()
const { agent, engineer } = desk
const said = { text: 'Any news?', via: 'phone', contactId: null } as const
const told = { text: 'We are on it', via: 'email' } as const
const asked = { on: 'customer', question: 'Which host?', until: minute(240) } as const

describe('updateCustomer', () => {
  it('[SLA-16] acknowledges a case that nobody had acknowledged', () => {
    const life = portalCase(desk).give(12, 'updateCustomer', told, { actor: engineer })
    expect(life.outcome).toBe('caseAcknowledged customerUpdated')
    expect(life.case).toMatchObject({ status: 'inProgress', acknowledgedBy: engineer.id, lastContactAt: minute(12) })
  })

  it('[SLA-16] leaves an earlier acknowledgement alone', () => {
    const life = portalCase(desk).give(5, 'acknowledge', {}).give(12, 'updateCustomer', told, { actor: engineer })
    expect(life.outcome).toBe('customerUpdated')
    expect(life.case.acknowledgedBy).toBe(agent.id)
  })

  it('[SLA-16] [SLA-11] acknowledges earlier than the one on record when it was sent earlier', () => {
    const life = portalCase(desk)
      .give(12, 'acknowledge', {}, { actor: engineer })
      .give(6, 'updateCustomer', told, { now: minute(30), late: true })
    expect(life.case).toMatchObject({ acknowledgedBy: agent.id, acknowledgedAt: minute(6), lastContactAt: minute(6) })
  })

  it('[CASE-9] still reaches a resolved case and no closed one', () => {
    const life = openCase(desk).give(10, 'resolve', { code: 'fixed', text: 'Done' }).give(11, 'updateCustomer', told)
    expect(life.outcome).toBe('customerUpdated')
    life.give(12, 'close', { text: '', seenContactAt: minute(11) }).give(13, 'updateCustomer', told)
    expect(life.outcome).toBe('caseClosed')
  })

  it('[CASE-10] is recorded on a closed case when it was sent before the closure', () => {
    const life = openCase(desk)
      .give(10, 'resolve', { code: 'fixed', text: 'Done' }, { actor: engineer })
      .give(20, 'close', { text: '', seenContactAt: null }, { actor: engineer })
      .give(9, 'updateCustomer', told, { now: minute(60), late: true })
    expect(life.outcome).toBe('customerUpdated')
    expect(life.case).toMatchObject({ status: 'closed', lastContactAt: minute(9) })
  })
})

describe('recordContact', () => {
  it('[SLA-7] ends a wait on the customer, with a line of its own', () => {
    const life = openCase(desk)
      .give(5, 'wait', asked)
      .give(30, 'recordContact', { ...said, contactId: desk.contact.id })
    expect(life.outcome).toBe('customerContacted waitEnded')
    expect(life.case).toMatchObject({ status: 'inProgress', waiting: null, lastContactAt: minute(30) })
  })

  it('[SLA-7] leaves a wait on the vendor alone', () => {
    const life = openCase(desk)
      .give(5, 'wait', { ...asked, on: 'vendor' })
      .give(30, 'recordContact', said)
    expect(life.outcome).toBe('customerContacted')
    expect(life.case.status).toBe('waiting')
  })

  it('[SLA-7] [SLA-11] does not end a wait that began after the contact', () => {
    const life = openCase(desk)
      .give(30, 'wait', asked)
      .give(20, 'recordContact', said, { now: minute(50), late: true })
    expect(life.outcome).toBe('customerContacted')
    expect(life.case).toMatchObject({ status: 'waiting', waiting: { since: minute(30) } })
  })

  it('[SLA-7] ends the wait at the contact’s own time although it arrives late', () => {
    const life = openCase(desk)
      .give(10, 'wait', asked, { actor: engineer })
      .give(20, 'recordContact', said, { now: minute(50), late: true })
    expect(life.case.marks.at(-1)).toEqual({ at: minute(20), m: 'resumed' })
    expect(life.case.waiting).toBeNull()
  })

  it('[CASE-2] must name a contact of the case’s customer', () => {
    expect(openCase(desk).give(5, 'recordContact', { ...said, contactId: desk.otherContact.id }).outcome).toBe('contactOfOtherCustomer')
  })

  it('[CASE-10] is refused on a closed case, unless it came in before', () => {
    const closed = openCase(desk).give(10, 'resolve', { code: 'fixed', text: 'Done' }).give(20, 'close', { text: '', seenContactAt: null })
    expect(closed.give(21, 'recordContact', said).outcome).toBe('caseClosed')
    expect(closed.give(19, 'recordContact', said, { now: minute(25), late: true }).outcome).toBe('customerContacted')
    expect(closed.case.status).toBe('closed')
  })
})

describe('readBack', () => {
  it('[SLA-2] is recorded with what happens next and when the next update comes', () => {
    const life = openCase(desk).give(2, 'readBack', { nextStep: 'An engineer calls', nextUpdateAt: minute(242) })
    expect(life.outcome).toBe('readBackGiven')
    expect(life.case.marks.at(-1)).toEqual({ at: minute(2), m: 'responded' })
  })

  it('[SLA-2] promises no update in the past', () => {
    expect(openCase(desk).give(2, 'readBack', { nextStep: 'x', nextUpdateAt: minute(2) }).outcome).toBe('endDateNotInFuture')
  })
})

describe('note', () => {
  it('[CASE-8] is taken in every status', () => {
    const life = portalCase(desk)
    const outcomes: string[] = []
    const noted = (at: number) => outcomes.push(`${life.case.status} ${life.give(at, 'note', { text: 'seen' }).outcome}`)
    noted(1)
    life.give(2, 'acknowledge', {})
    noted(3)
    life.give(4, 'wait', asked)
    noted(5)
    life.give(6, 'resolve', { code: 'fixed', text: 'Done' })
    noted(7)
    life.give(8, 'close', { text: '', seenContactAt: null })
    noted(9)
    expect(outcomes).toEqual(['new', 'inProgress', 'waiting', 'resolved', 'closed'].map((status) => `${status} noteAdded`))
  })
})

describe('texts', () => {
  it.each([
    ['note', { text: ' ' }],
    ['updateCustomer', { text: '', via: 'email' }],
    ['recordContact', { text: '\t', via: 'email', contactId: null }],
    ['resolve', { code: 'fixed', text: '' }],
    ['readBack', { nextStep: '', nextUpdateAt: null }]
  ] as const)('[CASE-15] %s needs its text', (type, payload) => {
    expect(openCase(desk).give(1, type, payload).outcome).toBe('textRequired')
  })

  it('[CASE-15] keeps text that PostgreSQL can store', () => {
    const life = openCase(desk).give(1, 'note', { text: `before\0after \ud83d lone ${'\ude00'} 😀` })
    expect(life.log.at(-1)?.fact).toEqual({ type: 'noteAdded', text: 'beforeafter \ufffd lone \ufffd 😀' })
  })

  it('[CASE-15] refuses a text beyond its limit', () => {
    expect(openCase(desk).give(1, 'note', { text: 'x'.repeat(20_001) }).outcome).toBe('malformed')
    expect(openCase(desk).give(1, 'note', { text: 'x'.repeat(100_001) }).outcome).toBe('tooLarge')
  })
})
