import { ConsoleId } from '#shared/domain/identity.ts'

/**
 * The console id of one person at one desk on this computer. Each person has a queue and sequences of their own, so that somebody
 * else's unsent work never stands in the way. The same three always give the same id: it survives a wiped database.
 */
export function consoleIdFor(installId: string, personId: string, deskId: string): ConsoleId {
  const install = hexDigits(installId)
  const person = hexDigits(personId)
  const desk = spread(deskId)
  const mixed = install.map((digit, index) => (digit ^ (person[index] ?? 0) ^ (desk[index] ?? 0)).toString(16))
  const text = mixed.join('')
  const variant = ((Number.parseInt(text.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return ConsoleId.parse(
    `${text.slice(0, 8)}-${text.slice(8, 12)}-8${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20, 32)}`
  )
}

function hexDigits(uuid: string): readonly number[] {
  return Array.from(uuid.replaceAll('-', '').padEnd(32, '0').slice(0, 32), (digit) => Number.parseInt(digit, 16) || 0)
}

/** 32 hexadecimal digits of a desk's name, FNV-1a over four salts. */
function spread(text: string): readonly number[] {
  return [0, 1, 2, 3].flatMap((salt) => {
    let hash = 0x811c9dc5 ^ salt
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    return Array.from((hash >>> 0).toString(16).padStart(8, '0'), (digit) => Number.parseInt(digit, 16))
  })
}
