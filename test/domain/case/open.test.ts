import { describe, expect, it } from 'vitest'
import { caseNumberOf, provisionalNumberOf } from '#shared/domain/case/case-number.ts'
import type { NumberStanding } from '#shared/domain/context.ts'
import type { PayloadOf } from '#shared/domain/desk.ts'
import { QueueId } from '#shared/domain/identity.ts'
import { decide, Life, makeDesk, makeIntake, makePerson, minute, openCase, outcome, portalCase, uuid } from '#test/make.ts'

const desk = makeDesk()
const nobody = makePerson()

const opening = (over: Partial<PayloadOf<'open'>>, number: NumberStanding | null = { standing: 'leased' }) =>
  outcome(decide(desk, undefined, 'open', makeIntake(desk, over), { number }))

describe('open', () => {
  it('[CASE-1] is valid with customer, one line and call-back number, and turns what is missing into tasks', () => {
    const bare = openCase(desk, {
      contactId: null,
      itemId: null,
      description: '',
      impact: null,
      urgency: null,
      severity: null,
      callerName: ''
    })
    expect(bare.outcome).toBe('caseOpened caseAcknowledged')
    expect(bare.case.missing).toEqual(['contact', 'item', 'impact', 'urgency', 'description', 'verification'])
  })

  it('[CASE-1] leaves the verification of the caller as a task of a phone case only', () => {
    expect(openCase(desk).case.missing).toEqual(['verification'])
    expect(portalCase(desk).case.missing).toEqual([])
  })

  it.each<[string, Partial<PayloadOf<'open'>>, string]>([
    ['[CASE-1] without one line', { subject: '   ' }, 'textRequired'],
    ['[CASE-1] over the phone without a call-back number', { callbackNumber: null }, 'textRequired'],
    ['[CASE-1] over the phone with an empty call-back number', { callbackNumber: ' ' }, 'textRequired'],
    ['[CASE-1] from the portal without a call-back number', { channel: 'portal', callbackNumber: null }, 'caseOpened'],
    ['[CASE-2] with another customer’s contact', { contactId: desk.otherContact.id }, 'contactOfOtherCustomer'],
    ['[CASE-2] with another customer’s item', { itemId: desk.otherItem.id }, 'itemOfOtherCustomer'],
    ['[CASE-2] with a contact nobody knows', { contactId: nobody.id as never }, 'contactNotFound'],
    ['[CASE-2] with an item nobody knows', { itemId: nobody.id as never }, 'itemNotFound'],
    ['[CASE-2] for a customer nobody knows', { customerId: nobody.id as never }, 'customerNotFound'],
    ['[CASE-5] in a queue nobody knows', { queueId: QueueId.parse(uuid(77)) }, 'queueNotFound'],
    ['[CASE-5] owned by somebody nobody knows', { assigneeId: nobody.id }, 'personNotFound'],
    ['[CASE-5] owned by a wall display', { assigneeId: desk.wall.id }, 'personCannotOwnCases'],
    ['[CASE-5] in a restricted queue, owned by somebody outside it', { queueId: desk.security.id }, 'personCannotOwnCases'],
    [
      '[CASE-5] in a restricted queue, owned by a member',
      { queueId: desk.security.id, assigneeId: desk.engineer.id },
      'caseOpened caseAcknowledged'
    ],
    ['[CASE-15] with a read-back that says nothing', { readBack: { nextStep: ' ', nextUpdateAt: null } }, 'textRequired'],
    ['[CASE-16] with a caller whom the console calls verified', { verified: true }, 'malformed'],
    ['[SLA-1] over the phone, owned', {}, 'caseOpened caseAcknowledged'],
    ['[SLA-1] over the phone, handed over by name', { assigneeId: desk.engineer.id }, 'caseOpened caseAcknowledged'],
    ['[SLA-1] over the phone, left to a queue', { assigneeId: null }, 'caseOpened'],
    ['[SLA-1] from the portal, even when it has an owner', { channel: 'portal' }, 'caseOpened'],
    [
      '[SLA-2] with the read-back ticked',
      { readBack: { nextStep: 'An engineer looks at it', nextUpdateAt: minute(30) } },
      'caseOpened caseAcknowledged readBackGiven'
    ],
    ['[NUM-4] under a number with a wrong check digit', { number: 'C-104232' }, 'numberMalformed'],
    ['[NUM-4] under a number that lacks its zeros', { number: 'C-0013' }, 'numberMalformed']
  ])('%s', (_, over, expected) => {
    expect(opening(over)).toContain(expected)
    if (!expected.includes(' ')) expect(opening(over)).toBe(expected)
  })

  it('[CASE-2] is refused for a customer whose contract ended', () => {
    const ended = { ...desk.customer, active: false }
    const directory = { ...desk.directory, customer: () => ended }
    expect(outcome(decide(desk, undefined, 'open', makeIntake(desk), { directory }))).toBe('customerInactive')
  })

  it('[CASE-3] gives severity 3 when nobody chose', () => {
    expect(openCase(desk, { severity: null, impact: 'high', urgency: 'high' }).case.severity).toBe(3)
  })

  it('[CASE-4] keeps the severity that a person chose against the matrix', () => {
    expect(openCase(desk, { severity: 5, impact: 'high', urgency: 'high' }).case.severity).toBe(5)
  })

  it.each<[NumberStanding | null, string]>([
    [{ standing: 'leased' }, 'caseOpened caseAcknowledged'],
    [{ standing: 'taken' }, 'numberTaken'],
    [{ standing: 'notLeased' }, 'numberNotLeased'],
    [null, 'numberNotLeased']
  ])('[NUM-4] with a number that is %j answers %s', (number, expected) => {
    expect(opening({}, number)).toBe(expected)
  })

  it('[NUM-5] keeps the provisional number as an alias of the final one', () => {
    const provisional = provisionalNumberOf(4711)
    const given = new Life(desk).give(0, 'open', makeIntake(desk, { number: provisional }), {
      number: { standing: 'provisional', replacement: caseNumberOf(10_424) }
    })
    expect(given.case).toMatchObject({ number: caseNumberOf(10_424), aliases: [provisional] })
  })

  it('[NUM-5] goes by the provisional number while no final one can be had', () => {
    const provisional = provisionalNumberOf(4711)
    const offline = new Life(desk).give(0, 'open', makeIntake(desk, { number: provisional }), {
      number: { standing: 'provisional', replacement: null }
    })
    expect(offline.case).toMatchObject({ number: provisional, aliases: [] })
  })

  it('[CASE-1] is valid whatever the stopwatch says, when the clock was set back in mid-call', () => {
    const payload = makeIntake(desk, { steps: [{ field: 'callerNumber', at: -412.5 }] })
    const decision = decide(desk, undefined, 'open', payload)
    expect(decision).toMatchObject({ accepted: true, facts: [{ steps: [{ field: 'callerNumber', at: 0 }] }, {}] })
  })

  it('names the field that is wrong, and not the parser that found it', () => {
    const decision = decide(desk, undefined, 'open', { ...makeIntake(desk), severity: 9 as never })
    expect(decision.accepted ? '' : decision.refusal.detail['problem']).toMatch(/^severity: /)
  })

  it('is refused for a case that exists', () => {
    expect(openCase(desk).give(1, 'open', makeIntake(desk)).outcome).toBe('recordExists')
  })

  it('[SLA-15] starts under the policy version in force when it was opened', () => {
    const next = { ...desk.policy, id: 'managed-os/2' as typeof desk.policy.id, effectiveFrom: minute(60) }
    const policies = [desk.policy, next]
    const directory = {
      ...desk.directory,
      policyFor: (_: unknown, at: number) => policies.findLast((policy) => policy.effectiveFrom <= at)
    }
    const before = new Life(desk).give(59, 'open', makeIntake(desk), { directory })
    const after = new Life(desk).give(60, 'open', makeIntake(desk), { directory })
    expect([before.case.policyId, after.case.policyId]).toEqual(['managed-os/1', 'managed-os/2'])
    expect(before.give(120, 'note', { text: 'a version later' }, { directory }).case.policyId).toBe('managed-os/1')
  })

  it('is refused when no policy covers the plan', () => {
    const directory = { ...desk.directory, policyFor: () => undefined }
    expect(outcome(decide(desk, undefined, 'open', makeIntake(desk), { directory }))).toBe('policyNotFound')
  })

  it('marks the case of a sample customer as sample', () => {
    const sample = { ...desk.customer, sample: true }
    const life = new Life(desk).give(0, 'open', makeIntake(desk), { directory: { ...desk.directory, customer: () => sample } })
    expect(life.case.sample).toBe(true)
  })
})
