import { createHash } from 'node:crypto'

/** The desk's own namespace for identifiers made from names; never change it, or a second import would no longer recognise its first. */
const NAMESPACE = Buffer.from('6f0d1c52b5f64c0e9b0a51a3c8d7e214', 'hex')

/** A UUID that is always the same for the same words (RFC 9562, version 5), so that what is loaded twice is known the second time. */
export function nameBasedId(...words: readonly string[]): string {
  const hash = createHash('sha1')
    .update(NAMESPACE)
    .update(words.map((word) => `${Buffer.byteLength(word)}:${word}`).join('\n'))
    .digest()
  hash[6] = (hash.readUInt8(6) & 0x0f) | 0x50
  hash[8] = (hash.readUInt8(8) & 0x3f) | 0x80
  const hex = hash.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
