import { parsePhoneNumberWithError } from 'libphonenumber-js'
import { beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_CUSTOMERS } from '#server/sample/customers.ts'
import { lookUps } from '#server/sample/look-ups.ts'
import { playCase } from '#server/sample/play-case.ts'
import { sampleCases } from '#server/sample/sample-cases.ts'
import { queueId, sampleDirectory } from '#server/sample/sample-directory.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case.ts'
import { CaseFact } from '#shared/domain/case/fact.ts'
import { Contact } from '#shared/domain/directory/contact.ts'
import { Customer } from '#shared/domain/directory/customer.ts'
import { Item } from '#shared/domain/directory/item.ts'
import { Person } from '#shared/domain/directory/person.ts'
import { Queue } from '#shared/domain/directory/queue.ts'
import { evolve } from '#shared/domain/evolve.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { DAY, MINUTE } from '#shared/domain/instant.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import { readClocks } from '#shared/domain/sla/clocks.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'

const NOW = Date.UTC(2026, 10, 22, 14, 30) as Instant
const directory = sampleDirectory()
const policies = Object.values(PRESETS)

function play(now: Instant) {
  return sampleCases(now).map((sample, index) => {
    const logged = playCase(sample, caseNumberOf(20_000 + index), lookUps(directory, policies))
    const image = evolve({ kind: 'case', id: sample.id }, undefined, logged)
    if (image.kind !== 'case' || !image.state) throw new Error(sample.key)
    return { logged, state: image.state }
  })
}

let cases: readonly { readonly logged: readonly LoggedFact[]; readonly state: CaseState }[]
beforeAll(() => {
  cases = play(NOW)
})

describe('the sample desk', () => {
  it('has twelve customers on the three plans, about sixty contacts, about eighty items, eight people and a wall', () => {
    expect(directory.customers).toHaveLength(12)
    expect(new Set(directory.customers.map(({ plan }) => plan))).toEqual(new Set(['managed-os', 'ims-foundation', 'ims-premier']))
    expect(directory.contacts.length).toBeGreaterThanOrEqual(60)
    expect(directory.items.length).toBeGreaterThanOrEqual(80)
    expect(directory.people.filter(({ role }) => role !== 'wall')).toHaveLength(8)
    expect(directory.people.filter(({ role }) => role === 'wall')).toHaveLength(1)
    expect(directory.queues.filter(({ restricted }) => restricted).map(({ name }) => name)).toEqual(['Security'])
  })

  it('is made of records the desk can keep, every one marked as sample and none twice', () => {
    const { queues, people, customers, contacts, items } = directory
    for (const queue of queues) expect(Queue.parse(queue)).toEqual(queue)
    for (const person of people) expect(Person.parse(person)).toEqual(person)
    for (const customer of customers) expect(Customer.parse(customer)).toEqual(customer)
    for (const contact of contacts) expect(Contact.parse(contact)).toEqual(contact)
    for (const item of items) expect(Item.parse(item)).toEqual(item)
    const all = [...queues, ...people, ...customers, ...contacts, ...items, ...cases.map(({ state }) => state)]
    expect(all.filter(({ sample }) => !sample)).toEqual([])
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const { timeZone } of customers) expect(() => new Intl.DateTimeFormat('en', { timeZone })).not.toThrow()
  })

  it('rings only numbers that are set aside for fiction', () => {
    const fiction = [
      /^\+1\d{3}55501\d\d(;ext=\d+)?$/,
      /^\+442079460\d{3}$/,
      /^\+441(174|614)960\d{3}$/,
      /^\+447700900\d{3}$/,
      /^\+61870101\d{3}$/,
      /^\+61491570(006|156|157|158|159|110)$/
    ]
    const phones = SAMPLE_CUSTOMERS.flatMap(({ contacts }) => contacts.flatMap(([, , numbers]) => numbers))
    expect(phones.filter((phone) => !fiction.some((range) => range.test(phone)))).toEqual([])
    for (const phone of phones) expect(parsePhoneNumberWithError(phone).isPossible()).toBe(true)
    expect(new Set(phones).size).toBeLessThan(phones.length)
  })

  it('tells two weeks of cases that end before now, with every blank filled and every fact readable', () => {
    expect(cases.length).toBeGreaterThan(100)
    for (const { logged, state } of cases) {
      expect(state.openedAt).toBeGreaterThan(NOW - 20 * DAY)
      expect(logged.map(({ fact }) => CaseFact.parse(fact))).toEqual(logged.map(({ fact }) => fact))
      expect(Math.max(...logged.map(({ occurredAt }) => occurredAt))).toBeLessThanOrEqual(NOW)
      expect(JSON.stringify(logged)).not.toMatch(/\{(item|who|customer)\}/)
    }
    expect(cases.filter(({ state }) => state.openedAt < NOW - 7 * DAY).length).toBeGreaterThan(25)
    expect(new Set(cases.map(({ state }) => state.channel))).toEqual(new Set(['phone', 'portal', 'email', 'alarm', 'advisory']))
  })

  it('shows open cases with clocks in every state a person should know', () => {
    const open = cases.filter(({ state }) => isOpen(state.status))
    expect(open.length).toBeGreaterThanOrEqual(18)
    const readings = open.flatMap(({ state }) => readClocks(state.marks, PRESETS['managed-os'], NOW))
    const live = readings.filter(({ state }) => state === 'running' || state === 'paused' || state === 'breached')
    const soon = live.filter(({ state, dueAt }) => state === 'running' && dueAt !== null && dueAt - NOW <= 10 * MINUTE)
    expect(soon.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ACK', 'UPDATE']))
    expect(live.filter(({ state }) => state === 'breached').map(({ kind }) => kind)).toEqual(expect.arrayContaining(['ACK', 'UPDATE']))
    expect(live.some(({ state }) => state === 'paused')).toBe(true)
    expect(live.some(({ kind, state }) => kind === 'RESPONSE' && state === 'running')).toBe(true)
    expect(new Set(open.map(({ state }) => state.status))).toEqual(new Set(['new', 'inProgress', 'waiting']))
    expect(new Set(open.flatMap(({ state }) => state.waiting?.on ?? []))).toEqual(new Set(['customer', 'vendor', 'problem', 'evidence']))
    expect(new Set(open.map(({ state }) => state.severity))).toEqual(new Set([1, 2, 3, 4, 5]))
    expect(open.some(({ state }) => state.cycle === 2)).toBe(true)
    expect(open.some(({ state }) => state.queueId === queueId('security'))).toBe(true)
    expect(open.some(({ state }) => state.channel === 'phone' && !state.verified)).toBe(true)
  })

  it('keeps most of its promises: fewer than one closed case in five has a breach', () => {
    const closed = cases.filter(({ state }) => !isOpen(state.status))
    const broken = closed.filter(({ state }) =>
      readClocks(state.marks, PRESETS['managed-os'], NOW).some((reading) => reading.state === 'breached')
    )
    expect(broken.map(({ state }) => `${state.subject}`).length / closed.length).toBeLessThan(0.2)
    expect(broken.length).toBeGreaterThan(0)
  })

  it('is the same for the same minute, and can be played at any hour of any day', () => {
    expect(play(NOW)).toEqual(cases)
    for (let hour = 0; hour < 48; hour += 5) expect(play((NOW + hour * 3_600_000 + 59_000) as Instant)).toHaveLength(cases.length)
  })
})
