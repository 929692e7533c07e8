import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { CountryCode } from 'libphonenumber-js/min'

/** The number as the desk stores it (E.164, extension after `;ext=`), null while it is not a whole number yet. `country` is where numbers without a prefix are from. */
export function e164Of(typed: string, country: string): string | null {
  const number = parsePhoneNumberFromString(typed, country as CountryCode)
  if (!number?.isPossible()) return null
  return number.ext ? `${number.number};ext=${number.ext}` : number.number
}

/** The number as people read it out. */
export function readableNumber(e164: string): string {
  const [digits = '', extension] = e164.split(';ext=')
  const number = parsePhoneNumberFromString(digits)
  return [number?.formatInternational() ?? digits, extension].filter(Boolean).join(' ext. ')
}
