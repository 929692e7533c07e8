import { describe, expect, it } from 'vitest'
import { contactsByName, contactsByNumber, contactsByTypedNumber } from '#renderer/store/contact-match.ts'
import { e164Of, readableNumber } from '#renderer/store/phone.ts'
import { CONTACTS, CUSTOMERS } from './sample-desk.ts'

const board = { contacts: new Map(CONTACTS.map((contact) => [contact.id, contact])) }
const names = (contacts: readonly { readonly name: string }[]) => contacts.map((contact) => contact.name)

describe('finding a caller', () => {
  it('gives everybody who shares a number', () => {
    expect(names(contactsByNumber(board, '+13125550100'))).toEqual(['Marcus Webb', 'Marisol Ortega'])
  })

  it.each([
    ['(312) 555-0100', 'US', ['Marcus Webb', 'Marisol Ortega']],
    ['020 7946 0112', 'GB', ['Amelia Croft']],
    ['0044 20 7946 0112', 'US', ['Amelia Croft']],
    ['+46 8 505', 'US', ['Ingrid Lindqvist']],
    ['033 222 11', 'CH', ['Beat Zumbühl']],
    ['21', 'US', []]
  ])('by what was typed of the number so far: %s', (typed, country, found) => {
    expect(names(contactsByTypedNumber(board, typed, e164Of(typed, country), 8))).toEqual(found)
  })

  it.each([
    ['zumb', ['Beat Zumbühl']],
    ['ZUMBU', ['Beat Zumbühl']],
    ['mar', ['Marcus Webb', 'Marisol Ortega']],
    ['webb mar', ['Marcus Webb']],
    ['nobody', []]
  ])('by name, whatever the case, accents and order: %s', (typed, found) => {
    expect(names(contactsByName(board, typed, null, 8))).toEqual(found)
  })

  it('among the people of one customer alone once the customer is known', () => {
    const [insurance] = CUSTOMERS
    expect(names(contactsByName(board, '', insurance?.id ?? '', 8))).toEqual(['Amelia Croft', 'Dev Anand'])
  })

  it('never gives a contact who is no longer active', () => {
    const left = { contacts: new Map(CONTACTS.map((contact) => [contact.id, { ...contact, active: false }])) }
    expect(contactsByNumber(left, '+13125550100')).toEqual([])
    expect(contactsByName(left, 'mar', null, 8)).toEqual([])
  })

  it('stores numbers one way and reads them out another', () => {
    expect(e164Of('312 555 0100', 'US')).toBe('+13125550100')
    expect(e164Of('312 555 0100 ext. 204', 'US')).toBe('+13125550100;ext=204')
    expect(e164Of('312 5', 'US')).toBeNull()
    expect(readableNumber('+13125550100;ext=204')).toBe('+1 312 555 0100 ext. 204')
  })
})
