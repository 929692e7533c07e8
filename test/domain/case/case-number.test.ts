import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  caseNumberOf,
  isWellFormed,
  LARGEST_SERIAL,
  parseCaseNumber,
  PROVISIONAL_DRAWS,
  provisionalNumberOf,
  serialOf
} from '#shared/domain/case/case-number.ts'
import { CaseNumber } from '#shared/domain/case/fact.ts'

const serials = fc.integer({ min: 1, max: LARGEST_SERIAL })
const draws = fc.integer({ min: 0, max: PROVISIONAL_DRAWS - 1 })
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function withSymbol(number: string, place: number, symbol: string): string {
  return number.slice(0, place) + symbol + number.slice(place + 1)
}

function swapped(number: string, place: number, other = place + 1): string {
  return withSymbol(withSymbol(number, place, number.charAt(other)), other, number.charAt(place))
}

describe('case numbers', () => {
  it.each([
    // Damm's own example: the check digit of 572 is 4.
    [572, 'C-005724'],
    [1, 'C-000013'],
    [10_423, 'C-104231'],
    [LARGEST_SERIAL, caseNumberOf(LARGEST_SERIAL)]
  ])('gives serial %i the number %s', (serial, number) => {
    expect(caseNumberOf(serial)).toBe(number)
    expect(serialOf(number)).toBe(serial)
    expect(CaseNumber.safeParse(number).success).toBe(true)
  })

  it('refuses what is no serial', () => {
    for (const serial of [0, -1, 1.5, LARGEST_SERIAL + 1, Number.NaN]) expect(() => caseNumberOf(serial)).toThrow('no serial')
  })

  it('[NUM-1] catches every single wrong digit', () => {
    fc.assert(
      fc.property(serials, fc.nat(), fc.integer({ min: 1, max: 9 }), (serial, at, change) => {
        const number = caseNumberOf(serial)
        const place = 2 + (at % (number.length - 2))
        const wrong = withSymbol(number, place, String((Number(number[place]) + change) % 10))
        expect(serialOf(wrong)).toBeNull()
        expect(isWellFormed(wrong)).toBe(false)
        expect(parseCaseNumber(wrong).kind).toBe('wrongCheck')
      }),
      { numRuns: 2000 }
    )
  })

  it('[NUM-1] catches every swap of two different neighbours', () => {
    fc.assert(
      fc.property(serials, fc.nat(), (serial, at) => {
        const number = caseNumberOf(serial)
        const place = 2 + (at % (number.length - 3))
        fc.pre(number[place] !== number[place + 1])
        expect(serialOf(swapped(number, place))).toBeNull()
      }),
      { numRuns: 2000 }
    )
  })

  it('[NUM-2] catches a wrong symbol and every swap of two in a provisional number', () => {
    fc.assert(
      fc.property(draws, fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 31 }), (draw, a, b, change) => {
        const number = provisionalNumberOf(draw)
        expect(isWellFormed(number)).toBe(true)
        expect(CaseNumber.safeParse(number).success).toBe(true)
        const wrong = SYMBOLS.charAt((SYMBOLS.indexOf(number.charAt(2 + a)) + change) % 32)
        expect(isWellFormed(withSymbol(number, 2 + a, wrong))).toBe(false)
        if (number[2 + a] !== number[2 + b]) expect(isWellFormed(swapped(number, 2 + a, 2 + b))).toBe(false)
      }),
      { numRuns: 2000 }
    )
  })

  it('[NUM-2] never lets a provisional number look like a final one, and gives every draw its own', () => {
    const numbers = Array.from({ length: 5000 }, (_, draw) => provisionalNumberOf(draw))
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const number of numbers) expect(number).toMatch(/^T-[0-9A-HJKMNP-TV-Z]{6}$/)
    expect(() => provisionalNumberOf(PROVISIONAL_DRAWS)).toThrow('no draw')
  })

  it.each([
    'C-104231',
    'c104231',
    '104231',
    'C-10 42 31',
    ' c 104.231 ',
    'case 104231',
    'Case number C-104231',
    'c–104231',
    'Ｃ１０４２３１'
  ])('[NUM-3] understands %j', (text) => {
    expect(parseCaseNumber(text)).toEqual({ kind: 'final', number: 'C-104231' })
  })

  it('[NUM-3] understands a provisional number with the letters that are heard as digits', () => {
    const number = provisionalNumberOf(33)
    const heard = number.slice(2).replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase()
    expect(heard).toMatch(/o.*l/)
    expect(parseCaseNumber(`t ${heard.slice(0, 3)} ${heard.slice(3)}`)).toEqual({ kind: 'provisional', number })
  })

  it.each(['', 'printer', 'T-12', 'C-', '9', '1234567890123', 'INC0000045'])('[NUM-3] says that %j is no number', (text) => {
    expect(parseCaseNumber(text)).toEqual({ kind: 'noNumber' })
  })

  it('[NUM-3] finds every number however it was chopped up', () => {
    fc.assert(
      fc.property(
        fc.oneof(serials.map(caseNumberOf), draws.map(provisionalNumberOf)),
        fc.array(fc.nat(20), { maxLength: 4 }),
        fc.boolean(),
        (number, cuts, small) => {
          let text = small ? number.toLowerCase() : number
          for (const cut of cuts) text = `${text.slice(0, cut)} ${text.slice(cut)}`
          expect(parseCaseNumber(text)).toMatchObject({ number })
        }
      )
    )
  })
})
