import type { Contact } from '#shared/domain/directory/contact.ts'
import type { BoardState } from './board.ts'
import { folded, matchesWords, wordsOf } from './fold.ts'

/** Fewer digits than this match half the directory. */
const DIGITS_NEEDED = 3

/** Everybody a whole number may belong to; several people may share one. Extensions are ignored unless the caller's number has one. */
export function contactsByNumber(board: Pick<BoardState, 'contacts'>, e164: string): readonly Contact[] {
  const found: Contact[] = []
  const withExtension = e164.includes(';ext=')
  for (const contact of board.contacts.values()) {
    if (contact.active && contact.phones.some((phone) => phone === e164 || (!withExtension && phone.split(';')[0] === e164)))
      found.push(contact)
  }
  return found
}

/**
 * People by what was typed of a number so far: `typed` in any notation, `e164` what it stands for once it is a whole number. A number typed
 * without a country is found inside the stored ones, its leading zero left out. Local memory only, one pass.
 */
export function contactsByTypedNumber(
  board: Pick<BoardState, 'contacts'>,
  typed: string,
  e164: string | null,
  limit: number
): readonly Contact[] {
  if (e164 !== null) {
    const exact = contactsByNumber(board, e164)
    if (exact.length > 0) return exact.slice(0, limit)
  }
  const needle = digitsOf(typed)
  if (needle.digits.length < DIGITS_NEEDED) return []
  const found: Contact[] = []
  for (const contact of board.contacts.values()) {
    if (!contact.active) continue
    if (contact.phones.some((phone) => (needle.international ? phone.startsWith(`+${needle.digits}`) : phone.includes(needle.digits))))
      found.push(contact)
    if (found.length === limit) break
  }
  return found
}

/** People whose name has every typed word at the start of one of its words, optionally of one customer. */
export function contactsByName(
  board: Pick<BoardState, 'contacts'>,
  typed: string,
  customerId: string | null,
  limit: number
): readonly Contact[] {
  const words = wordsOf(typed)
  const found: Contact[] = []
  for (const contact of board.contacts.values()) {
    if (!contact.active || (customerId !== null && contact.customerId !== customerId)) continue
    if (matchesWords(folded(contact, contact.name), words)) found.push(contact)
    if (found.length === limit) break
  }
  return found
}

function digitsOf(typed: string): { readonly international: boolean; readonly digits: string } {
  const digits = typed.replace(/\D/g, '')
  if (typed.trimStart().startsWith('+')) return { international: true, digits }
  if (digits.startsWith('00')) return { international: true, digits: digits.slice(2) }
  return { international: false, digits: digits.replace(/^0/, '') }
}
