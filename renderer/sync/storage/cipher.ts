/** Seals what is written and opens what is read. `place` is bound to the content, so that one row cannot stand in for another. */
export type Cipher = {
  readonly seal: (text: string, place: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Rejects when the bytes were not sealed with this key for this place, or were changed since. */
  readonly open: (bytes: Uint8Array, place: string) => Promise<string>
}

const IV_BYTES = 12
/** Texts from here on are compressed first: chunks are, small rows would only grow. */
const COMPRESS_FROM = 4_096
const PLAIN = 0
const GZIP = 1

/** AES-GCM with a fresh nonce per row. Layout: one byte for the form, the nonce, the sealed bytes. */
export async function aesCipher(key: Uint8Array<ArrayBuffer>): Promise<Cipher> {
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
  return {
    seal: async (text, place) => {
      const form = text.length >= COMPRESS_FROM ? GZIP : PLAIN
      const plain = form === GZIP ? await through(new Blob([text]), new CompressionStream('gzip')) : new TextEncoder().encode(text)
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(form, place) }, secret, plain))
      const bytes = new Uint8Array(1 + IV_BYTES + sealed.length)
      bytes[0] = form
      bytes.set(iv, 1)
      bytes.set(sealed, 1 + IV_BYTES)
      return bytes
    },
    open: async (bytes, place) => {
      const form = bytes[0] ?? PLAIN
      const iv = bytes.slice(1, 1 + IV_BYTES)
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: bound(form, place) },
        secret,
        bytes.slice(1 + IV_BYTES)
      )
      return new TextDecoder().decode(form === GZIP ? await through(new Blob([plain]), new DecompressionStream('gzip')) : plain)
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

function bound(form: number, place: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${form}:${place}`)
}

async function through(blob: Blob, stream: CompressionStream | DecompressionStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(blob.stream().pipeThrough(stream)).arrayBuffer())
}
