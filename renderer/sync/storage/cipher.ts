/** Seals what is written and opens what is read. `place` is bound to the content, so that one row cannot stand in for another. */
export type Cipher = {
  readonly seal: (text: string, place: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Rejects when the bytes were not sealed with this key for this place, or were changed since. */
  readonly open: (bytes: Uint8Array<ArrayBuffer>, place: string) => Promise<string>
}

/** The layout's version, so that a later one can be told apart. */
const LAYOUT = 1
const IV_BYTES = 12
const HEAD_BYTES = 1 + IV_BYTES

/**
 * AES-GCM with a fresh nonce per row. Layout: one byte for the version, the nonce, the sealed bytes. Nothing is compressed: deflating 75 MB of
 * chunks took twenty times as long as sealing them, and inflating them as long as parsing them, which every start would pay.
 */
export async function aesCipher(key: Uint8Array<ArrayBuffer>): Promise<Cipher> {
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  const encoder = new TextEncoder()
  const decoder = new TextDecoder()
  return {
    seal: async (text, place) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: encoder.encode(place) },
        secret,
        encoder.encode(text)
      )
      const bytes = new Uint8Array(HEAD_BYTES + sealed.byteLength)
      bytes[0] = LAYOUT
      bytes.set(iv, 1)
      bytes.set(new Uint8Array(sealed), HEAD_BYTES)
      return bytes
    },
    open: async (bytes, place) => {
      if (bytes[0] !== LAYOUT) throw new Error(`${place} was sealed by another build`)
      const algorithm = { name: 'AES-GCM', iv: bytes.subarray(1, HEAD_BYTES), additionalData: encoder.encode(place) }
      return decoder.decode(await crypto.subtle.decrypt(algorithm, secret, bytes.subarray(HEAD_BYTES)))
    }
  }
}

/** The key that a passphrase opens; only used where the system has no keyring. */
export async function keyFromPassphrase(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase.normalize('NFKC')), 'PBKDF2', false, [
    'deriveBits'
  ])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: 600_000 }, material, 256))
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}

export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 8_192) text += String.fromCharCode(...bytes.subarray(from, from + 8_192))
  return btoa(text)
}
