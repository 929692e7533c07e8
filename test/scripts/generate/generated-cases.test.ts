import { beforeAll, describe, expect, it } from 'vitest'
import { generatedCases } from '#scripts/generate/cases.ts'
import { customersFor, generatedDirectory } from '#scripts/generate/directory.ts'
import { realTemplates } from '#scripts/generate/templates.ts'
import type { Template } from '#scripts/generate/templates.ts'
import { dice } from '#server/sample/dice.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { CaseState } from '#shared/domain/case/case.ts'
import { evolveCase } from '#shared/domain/case/evolve.ts'
import { CaseFact } from '#shared/domain/case/fact.ts'
import { Contact } from '#shared/domain/directory/contact.ts'
import { Customer } from '#shared/domain/directory/customer.ts'

import { DAY } from '#shared/domain/instant.ts'
import { nextDue } from '#shared/domain/sla/clocks.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'
import { NOW } from '../import/export-file.ts'

const CASES = 700
let templates: readonly Template[]
beforeAll(async () => {
  templates = await realTemplates()
})

function made(seed: number, from = 0) {
  const directory = generatedDirectory(seed, customersFor(CASES), dice(seed))
  const wanted = {
    cases: CASES,
    seed,
    now: NOW,
    days: 80,
    directory,
    templates,
    policyFor: (plan: keyof typeof PRESETS) => PRESETS[plan],
    numberAt: (index: number) => caseNumberOf(10_000 + index)
  }
  const cases = [...generatedCases(wanted, from)].map(({ id, logged }) => {
    const state = logged.reduce<CaseState | undefined>((before, fact) => evolveCase(id, before, fact), undefined)
    if (!state) throw new Error(`${id} was never opened`)
    return { id, logged, state }
  })
  return { directory, cases }
}

/** The share of each value, in whole per cent. */
function shares(values: readonly (string | number)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).map(([value, count]) => [value, Math.round((100 * count) / values.length)]))
}

describe('generated cases', () => {
  it('are facts and records that the desk can read back, none of them after now', () => {
    const { directory, cases } = made(1)
    expect(cases).toHaveLength(CASES)
    const facts = cases.flatMap(({ logged }) => logged)
    expect(facts.map(({ fact }) => CaseFact.parse(fact))).toEqual(facts.map(({ fact }) => fact))
    expect(Math.max(...facts.map(({ occurredAt }) => occurredAt))).toBeLessThanOrEqual(NOW)
    expect(Math.min(...cases.map(({ state }) => state.openedAt))).toBeGreaterThan(NOW - 81 * DAY)
    for (const { state } of cases) nextDue(state.marks, PRESETS['managed-os'])
    const customers = directory.customers.map(({ customer }) => customer)
    const contacts = directory.customers.flatMap((host) => host.contacts)
    expect(customers.map((customer) => Customer.parse(customer))).toEqual(customers)
    expect(contacts.map((contact) => Contact.parse(contact))).toEqual(contacts)
    expect(new Set(cases.map(({ state }) => state.number)).size).toBe(CASES)
  })

  it('are the same for the same seed, also from the middle, and others for another', () => {
    const { cases } = made(1)
    expect(made(1).cases).toEqual(cases)
    expect(made(1, 500).cases).toEqual(cases.slice(500))
    const other = made(2).cases
    expect(other.some(({ id }, index) => id === cases[index]?.id)).toBe(false)
  })

  it('have the proportions of the real incidents', () => {
    const { cases } = made(1)
    const real = shares(templates.flatMap(([opening]) => (opening?.fact.type === 'caseOpened' ? opening.fact.severity : [])))
    const opened = shares(cases.flatMap(({ logged: [opening] }) => (opening?.fact.type === 'caseOpened' ? opening.fact.severity : [])))
    for (const severity of Object.keys(real)) expect(Math.abs((opened[severity] ?? 0) - (real[severity] ?? 0))).toBeLessThanOrEqual(4)
    const status = shares(cases.map(({ state }) => state.status))
    expect(status['closed']).toBeGreaterThan(75)
    expect((status['new'] ?? 0) + (status['inProgress'] ?? 0) + (status['waiting'] ?? 0)).toBeGreaterThanOrEqual(4)
    expect(new Set(cases.map(({ state }) => state.customerId)).size).toBeGreaterThan(10)
  })
})

it('a desk of 200,000 cases has two thousand customers and one of 1,000 has twenty', () => {
  expect([1_000, 200_000].map(customersFor)).toEqual([20, 2_000])
  expect(generatedDirectory(1, 3, dice(1)).customers).toHaveLength(3)
})
