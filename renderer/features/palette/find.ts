import { parseCaseNumber } from '#shared/domain/case/case-number.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { BoardState } from '#renderer/store/board.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { contactsByName, contactsByTypedNumber } from '#renderer/store/contact-match.ts'
import { folded, matchesWords, wordsOf } from '#renderer/store/fold.ts'

const CASES = 12
const OTHERS = 6

/** Cases of this console that fit: a number (with or without prefix and blanks, an alias, another system's) first, then words of subject and customer, nearest deadline first. */
export function findCases(board: BoardState, typed: string): readonly CaseRow[] {
  const words = wordsOf(typed)
  if (words.length === 0) return []
  const spoken = parseCaseNumber(typed)
  const digits = typed.replace(/\D/g, '')
  const byNumber: CaseRow[] = []
  const byWords: CaseRow[] = []
  for (const list of [board.lists.get('open'), board.lists.get('ended')]) {
    for (const row of list ?? []) {
      const { state } = row
      if ('number' in spoken && (state.number === spoken.number || state.aliases.includes(spoken.number))) byNumber.unshift(row)
      else if (digits.length >= 3 && (state.number.startsWith(`C-${digits}`) || state.source?.number.endsWith(digits))) byNumber.push(row)
      else if (byWords.length < CASES && matchesWords(textOf(board, row), words)) byWords.push(row)
      if (byNumber.length >= CASES) return byNumber
    }
  }
  return [...byNumber, ...byWords].slice(0, CASES)
}

export type FoundCustomer = { readonly customer: Customer; readonly contact: Contact | null }

/** Customers by name, and by the name or number of one of their contacts. */
export function findCustomers(board: BoardState, typed: string): readonly FoundCustomer[] {
  const words = wordsOf(typed)
  if (words.length === 0) return []
  const found: FoundCustomer[] = []
  for (const customer of board.customers.values()) {
    if (customer.active && matchesWords(folded(customer, customer.name), words)) found.push({ customer, contact: null })
    if (found.length === OTHERS) return found
  }
  const contacts = [...contactsByName(board, typed, null, OTHERS), ...contactsByTypedNumber(board, typed, null, OTHERS)]
  for (const contact of contacts) {
    const customer = board.customers.get(contact.customerId)
    if (customer && found.length < OTHERS) found.push({ customer, contact })
  }
  return found
}

function textOf(board: BoardState, row: CaseRow): string {
  return folded(row.state, `${row.state.subject} ${board.customers.get(row.state.customerId)?.name ?? ''} ${row.state.callerName}`)
}
