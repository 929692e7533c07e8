/**
 * Case numbers are read out on the phone, so they carry a check digit: Damm's scheme (Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004),
 * which catches every single wrong digit and every swap of two neighbours. Leading zeros do not change it.
 */
const DAMM = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0]
]

/** Crockford's base 32: no I, L, O or U, so that nothing read aloud or written by hand is two things. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The serials that fit a case number: eleven digits before the check digit. */
export const LARGEST_SERIAL = 99_999_999_999
/** The draws that make different provisional numbers: five symbols before the check symbol. */
export const PROVISIONAL_DRAWS = 32 ** 5

const SHORTEST_SERIAL = 5

/** The case number of a leased serial (a whole number from 1), e.g. 10423 -> `C-104231`. */
export function caseNumberOf(serial: number): string {
  if (!Number.isSafeInteger(serial) || serial < 1 || serial > LARGEST_SERIAL) throw new Error(`${serial} is no serial of a case number`)
  const digits = String(serial).padStart(SHORTEST_SERIAL, '0')
  return `C-${digits}${damm(digits)}`
}

/** The serial of a well-formed final number; null for every other text. */
export function serialOf(number: string): number | null {
  return /^C-[0-9]{6,12}$/.test(number) && damm(number.slice(2)) === 0 ? Number(number.slice(2, -1)) : null
}

/** A provisional number for a draw from 0 to PROVISIONAL_DRAWS - 1, e.g. `T-7Q4MX2`: clearly not a case number, said to be provisional, kept as an alias for ever. */
export function provisionalNumberOf(draw: number): string {
  if (!Number.isSafeInteger(draw) || draw < 0 || draw >= PROVISIONAL_DRAWS) throw new Error(`${draw} is no draw of a provisional number`)
  const symbols = Array.from({ length: 5 }, (_, place) => Math.floor(draw / 32 ** (4 - place)) % 32)
  return `T-${symbols.map((symbol) => LETTERS.charAt(symbol)).join('')}${LETTERS.charAt(checkSymbol(symbols))}`
}

/** Whether a number is written as this desk writes them and its check digit or symbol is right. */
export function isWellFormed(number: string): boolean {
  if (number.startsWith('C-')) {
    const serial = serialOf(number)
    return serial !== null && serial >= 1 && caseNumberOf(serial) === number
  }
  return /^T-[0-9A-HJKMNP-TV-Z]{6}$/.test(number) && symbolsAgree(number.slice(2))
}

export type SpokenNumber =
  | { readonly kind: 'final' | 'provisional'; readonly number: string }
  /** It looks like a case number, but the check digit says that something was misheard or mistyped. */
  | { readonly kind: 'wrongCheck'; readonly typed: string }
  | { readonly kind: 'noNumber' }

/**
 * What a person types or says for a case number: "c104231", "104231", "C-10 42 31", "case 104231", "t 7q4m x2". Blanks, dashes and dots do
 * not matter; in a provisional number the letters O, I and L are heard as the digits 0, 1 and 1.
 */
export function parseCaseNumber(text: string): SpokenNumber {
  const bare = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replace(/^(?:CASE)?(?:NUMBER|NO)?/, '')
  const final = /^C?([0-9]{2,12})$/.exec(bare)?.[1]
  if (final !== undefined) {
    const serial = Number(final.slice(0, -1))
    if (damm(final) !== 0 || serial === 0) return { kind: 'wrongCheck', typed: `C-${final}` }
    return { kind: 'final', number: caseNumberOf(serial) }
  }
  const provisional = /^T([0-9A-TV-Z]{6})$/.exec(bare)?.[1]?.replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (provisional === undefined) return { kind: 'noNumber' }
  return symbolsAgree(provisional) ? { kind: 'provisional', number: `T-${provisional}` } : { kind: 'wrongCheck', typed: `T-${provisional}` }
}

function damm(digits: string): number {
  let interim = 0
  for (const digit of digits) interim = DAMM[interim]?.[Number(digit)] ?? 0
  return interim
}

/**
 * The check symbol makes the sum of symbol times a different power of x for each place vanish in GF(32) (one Reed-Solomon check symbol):
 * different factors catch every single wrong symbol and every swap of two, neighbours or not.
 */
function checkSymbol(symbols: readonly number[]): number {
  return symbols.reduce((sum, symbol, place) => sum ^ timesPowerOfX(symbol, symbols.length - place), 0)
}

function symbolsAgree(written: string): boolean {
  const symbols = Array.from(written, (letter) => LETTERS.indexOf(letter))
  const check = symbols.pop()
  return check !== undefined && symbols.every((symbol) => symbol >= 0) && checkSymbol(symbols) === check
}

/** In GF(2)[x] modulo the primitive polynomial x^5 + x^2 + 1. */
function timesPowerOfX(symbol: number, power: number): number {
  let product = symbol
  for (let step = 0; step < power; step += 1) product = product & 16 ? ((product << 1) ^ 0b100101) & 31 : product << 1
  return product
}
