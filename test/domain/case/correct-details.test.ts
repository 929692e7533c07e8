import { describe, expect, it } from 'vitest'
import { makeDesk, openCase } from '#test/make.ts'

const desk = makeDesk()
const { engineer, contact, item } = desk
const seen = { contactId: null, itemId: null, subject: 'Database does not answer', impact: null, urgency: null }
const bare = () => openCase(desk, { contactId: null, itemId: null, impact: null, urgency: null })

describe('correctDetails', () => {
  it('[CASE-1] ends the tasks of what it fills in', () => {
    const life = bare()
    expect(life.case.missing).toEqual(['contact', 'item', 'impact', 'urgency', 'verification'])
    life.give(3, 'correctDetails', { ...seen, contactId: contact.id, impact: 'high' })
    expect(life.case.missing).toEqual(['item', 'urgency', 'verification'])
  })

  it('[CASE-13] keeps what others changed in fields that were left alone', () => {
    const life = bare()
      .give(3, 'correctDetails', { ...seen, contactId: contact.id, seen }, { actor: engineer })
      .give(4, 'correctDetails', { ...seen, subject: 'Database refuses logins', seen })
    expect(life.case).toMatchObject({ contactId: contact.id, subject: 'Database refuses logins' })
  })

  it('[CASE-13] is refused with the other value when both changed the same field', () => {
    const life = bare()
      .give(3, 'correctDetails', { ...seen, subject: 'Cluster down', seen }, { actor: engineer })
      .give(4, 'correctDetails', { ...seen, subject: 'Database refuses logins', seen })
    expect(life.last).toEqual({
      accepted: false,
      refusal: { code: 'updatedMeanwhile', detail: { field: 'subject', theirs: 'Cluster down', yours: 'Database refuses logins' } }
    })
  })

  it('[CASE-13] lets both make the same change', () => {
    const wanted = { ...seen, itemId: item.id, seen }
    const life = bare().give(3, 'correctDetails', wanted, { actor: engineer }).give(4, 'correctDetails', wanted)
    expect(life.outcome).toBe('')
  })

  it('[CASE-2] takes only a contact and an item of the customer', () => {
    expect(bare().give(3, 'correctDetails', { ...seen, contactId: desk.otherContact.id }).outcome).toBe('contactOfOtherCustomer')
    expect(bare().give(3, 'correctDetails', { ...seen, itemId: desk.otherItem.id }).outcome).toBe('itemOfOtherCustomer')
  })

  it('[CASE-15] needs one line', () => {
    expect(bare().give(3, 'correctDetails', { ...seen, subject: '' }).outcome).toBe('textRequired')
  })

  it('[CASE-14] changes nothing when nothing differs', () => {
    expect(bare().give(3, 'correctDetails', seen).outcome).toBe('')
  })
})
