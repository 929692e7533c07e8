import { describe, expect, it } from 'vitest'
import type { PayloadOf } from '#shared/domain/desk.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import { ContactId, PolicyId, QueueId } from '#shared/domain/identity.ts'
import type { RecordKind, StateOf } from '#shared/domain/record.ts'
import type { Directory } from '#shared/domain/context.ts'
import { decide, makeCustomer, makeDesk, makeItem, makePerson, makePolicy, makeQueue, outcome, uuid } from '#test/make.ts'

const desk = makeDesk()
const { admin, customer, contact, item, other, engineer, queue, policy } = desk

function save<T extends Exclude<CommandType, 'open'>>(
  type: T,
  payload: PayloadOf<T> & { readonly id: string },
  state?: StateOf[Exclude<RecordKind, 'case'>],
  directory: Partial<Directory> = {}
) {
  return decide(desk, state, type, payload, { actor: admin, directory: { ...desk.directory, ...directory } }, payload.id)
}

const savedState = (decision: ReturnType<typeof decide>) =>
  decision.accepted && decision.facts[0]?.type === 'saved' ? decision.facts[0].state : null

describe('saving the directory', () => {
  it.each([
    ['a customer', () => save('saveCustomer', customer)],
    ['a contact', () => save('saveContact', contact)],
    ['an item', () => save('saveItem', item)],
    ['a person', () => save('savePerson', engineer)],
    ['a queue', () => save('saveQueue', queue)],
    ['a policy', () => save('savePolicy', policy)]
  ])('[DIR-1] keeps %s as given', (_, act) => {
    expect(outcome(act())).toBe('saved')
  })

  it('[DIR-1] refuses a record under another identifier', () => {
    const decision = decide(desk, undefined, 'saveCustomer', customer, { actor: admin }, other.id)
    expect(outcome(decision)).toBe('malformed')
  })

  it('[DIR-1] refuses an identifier that is none', () => {
    expect(outcome(decide(desk, undefined, 'saveCustomer', customer, { actor: admin }, 'larkfield'))).toBe('malformed')
  })

  it('[DIR-2] refuses a contact and an item of a customer that does not exist', () => {
    const nobody = makeCustomer()
    expect(outcome(save('saveContact', { ...contact, customerId: nobody.id }))).toBe('customerNotFound')
    expect(outcome(save('saveItem', makeItem(nobody)))).toBe('customerNotFound')
  })

  it('[DIR-2] never moves a contact or an item to another customer', () => {
    expect(outcome(save('saveContact', { ...contact, customerId: other.id }, contact))).toBe('contactOfOtherCustomer')
    expect(outcome(save('saveItem', { ...item, customerId: other.id }, item))).toBe('itemOfOtherCustomer')
  })

  it('[DIR-3] takes only the customer’s own security contact', () => {
    expect(outcome(save('saveCustomer', { ...customer, securityContactId: contact.id }, customer))).toBe('saved')
    expect(outcome(save('saveCustomer', { ...customer, securityContactId: desk.otherContact.id }, customer))).toBe('contactOfOtherCustomer')
    expect(outcome(save('saveCustomer', { ...customer, securityContactId: ContactId.parse(uuid(78)) }, customer))).toBe('contactNotFound')
  })

  it.each([
    ['Europe/Zurich', 'saved'],
    ['America/Chicago', 'saved'],
    ['UTC', 'saved'],
    ['Middle/Earth', 'timeZoneUnknown'],
    ['+02:00', 'timeZoneUnknown'],
    ['x', 'timeZoneUnknown']
  ])('[DIR-3] as time zone %s is %s', (timeZone, expected) => {
    expect(outcome(save('saveCustomer', { ...customer, timeZone }, customer))).toBe(expected)
  })

  it.each([
    ['a customer', (directory: Partial<Directory>) => save('saveCustomer', { ...customer, active: false }, customer, directory)],
    ['a queue', (directory: Partial<Directory>) => save('saveQueue', { ...queue, active: false }, queue, directory)],
    ['a person', (directory: Partial<Directory>) => save('savePerson', { ...engineer, active: false }, engineer, directory)],
    [
      'a person turned wall display',
      (directory: Partial<Directory>) => save('savePerson', { ...engineer, role: 'wall' }, engineer, directory)
    ]
  ])('[DIR-4] keeps %s in use while open cases name it', (_, act) => {
    expect(act({ openCases: () => 3 })).toMatchObject({ refusal: { code: 'stillInUse', detail: { openCases: 3 } } })
    expect(outcome(act({ openCases: () => 0 }))).toBe('saved')
  })

  it('[DIR-5] gives a new contact or item the mark of its customer and takes no mark from a form', () => {
    const sample = { ...customer, sample: true }
    expect(savedState(save('saveContact', contact, undefined, { customer: () => sample }))).toMatchObject({ sample: true })
    expect(savedState(save('saveItem', { ...item, sample: true }))).toMatchObject({ sample: false })
    expect(savedState(save('saveCustomer', { ...customer, sample: true }))).toMatchObject({ sample: false })
    expect(savedState(save('saveCustomer', customer, sample))).toMatchObject({ sample: true })
    expect(savedState(save('saveQueue', { ...makeQueue(), sample: true }))).toMatchObject({ sample: false })
    expect(savedState(save('savePerson', { ...makePerson(), sample: true }))).toMatchObject({ sample: false })
  })

  it('[PERM-5] keeps the last admin', () => {
    const alone = { lastAdmin: (id: string) => id === admin.id }
    expect(outcome(save('savePerson', { ...admin, role: 'lead' }, admin, alone))).toBe('lastAdmin')
    expect(outcome(save('savePerson', { ...admin, active: false }, admin, alone))).toBe('lastAdmin')
    expect(outcome(save('savePerson', { ...admin, name: 'Dov B. Adler' }, admin, alone))).toBe('saved')
    expect(outcome(save('savePerson', { ...admin, role: 'lead' }, admin, { lastAdmin: () => false }))).toBe('saved')
  })

  it('refuses a person in a queue that does not exist', () => {
    expect(outcome(save('savePerson', { ...engineer, queueIds: [QueueId.parse(uuid(79))] }))).toBe('queueNotFound')
  })

  it('[SLA-15] never changes a policy version', () => {
    expect(outcome(save('savePolicy', { ...policy, name: 'Softer' }, policy))).toBe('recordExists')
    expect(outcome(save('savePolicy', { ...policy, id: PolicyId.parse('managed-os/2') }))).toBe('saved')
  })

  it.each<[string, Partial<typeof policy>, string]>([
    ['two targets for one severity', { targets: policy.targets.map((target) => ({ ...target, severity: 1 as const })) }, 'malformed'],
    ['four targets', { targets: policy.targets.slice(1) }, 'malformed'],
    [
      'two severities for one impact and urgency',
      { matrix: policy.matrix.map((cell) => ({ ...cell, impact: 'low' as const })) },
      'malformed'
    ],
    ['the same warning twice', { warnAtPercent: [50, 50] }, 'malformed'],
    ['updates that go on for severity 2 but not for 1', { updateRunsWhileWaiting: [2] }, 'malformed'],
    ['a calendar that nobody knows', { calendar: 'moon' }, 'calendarUnknown']
  ])('[DIR-6] refuses a policy with %s', (_, over, expected) => {
    expect(outcome(save('savePolicy', makePolicy({ id: PolicyId.parse('managed-os/3'), ...over })))).toBe(expected)
  })
})
