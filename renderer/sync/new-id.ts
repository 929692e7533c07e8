import { CommandId } from '#shared/domain/identity.ts'

/** A UUIDv7: 48 bits of time, 74 bits from the given source. */
export function newId(now: number, random: () => number): CommandId {
  const time = Math.floor(now).toString(16).padStart(12, '0')
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('')
  const variant = (8 + Math.floor(random() * 4)).toString(16)
  return CommandId.parse(`${time.slice(0, 8)}-${time.slice(8, 12)}-7${digits(3)}-${variant}${digits(3)}-${digits(12)}`)
}
