import { useMemo } from 'react'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { BoardState } from '#renderer/store/board.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { contactsByName, contactsByTypedNumber } from '#renderer/store/contact-match.ts'
import { folded, matchesWords, wordsOf } from '#renderer/store/fold.ts'
import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import type { FieldName } from './fields.ts'
import { e164Of } from '#renderer/store/phone.ts'

export type Match =
  | { readonly kind: 'contact'; readonly id: string; readonly contact: Contact; readonly customer: Customer | undefined }
  | { readonly kind: 'customer'; readonly id: string; readonly customer: Customer }
  | { readonly kind: 'item'; readonly id: string; readonly item: Item }

const LIMIT = 8

/** What the desk knows that fits the field being filled, from local memory at every keystroke. */
export function useMatches(field: FieldName, fields: IntakeFields, country: string): readonly Match[] {
  const { board } = useConsole()
  const version = useBoard((state) => state.directoryVersion)
  const { callerNumber, callerName, customerText, customerId, contactText, contactId, itemText, itemId } = fields
  return useMemo(() => {
    const state = board.getState()
    if (version < 0) return []
    switch (field) {
      case 'callerNumber':
        return callerNumber === '' ? [] : people(state, contactsByTypedNumber(state, callerNumber, e164Of(callerNumber, country), LIMIT))
      case 'callerName':
        return callerName === '' || contactId !== null ? [] : people(state, contactsByName(state, callerName, customerId, LIMIT))
      case 'customer':
        return customerText === '' || customerId !== null ? [] : customersByName(state, customerText)
      case 'contact':
        return contactId !== null || (contactText === '' && customerId === null)
          ? []
          : people(state, contactsByName(state, contactText, customerId, LIMIT))
      case 'item':
        return itemId !== null || (itemText === '' && customerId === null) ? [] : itemsByName(state, itemText, customerId)
      case 'subject':
      case 'impact':
      case 'urgency':
      case 'severity':
      case 'callback':
      case 'owner':
      case 'queue':
      case 'notes':
        return []
    }
  }, [board, version, field, callerNumber, callerName, customerText, customerId, contactText, contactId, itemText, itemId, country])
}

function people(state: BoardState, contacts: readonly Contact[]): readonly Match[] {
  return contacts.map((contact) => ({ kind: 'contact', id: contact.id, contact, customer: state.customers.get(contact.customerId) }))
}

function customersByName(state: BoardState, typed: string): readonly Match[] {
  const words = wordsOf(typed)
  const found: Match[] = []
  for (const customer of state.customers.values()) {
    if (customer.active && matchesWords(folded(customer, customer.name), words)) found.push({ kind: 'customer', id: customer.id, customer })
    if (found.length === LIMIT) break
  }
  return found
}

function itemsByName(state: BoardState, typed: string, customerId: string | null): readonly Match[] {
  const words = wordsOf(typed)
  const found: Match[] = []
  for (const item of state.items.values()) {
    if (!item.active || (customerId !== null && item.customerId !== customerId)) continue
    if (matchesWords(folded(item, `${item.name} ${item.address}`), words)) found.push({ kind: 'item', id: item.id, item })
    if (found.length === LIMIT) break
  }
  return found
}
