import { promisify } from 'node:util'
import { constants, crc32, deflateRaw } from 'node:zlib'

const deflate = promisify(deflateRaw)

/** A stretch of text compressed so that pieces can be strung together in any number of answers. */
export type GzipPiece = { readonly deflated: Buffer; readonly crc: number; readonly length: number }

/** Compresses one piece. It ends on a byte and looks back at nothing before it. */
export async function gzipPiece(text: string): Promise<GzipPiece> {
  const bytes = Buffer.from(text)
  const deflated = await deflate(bytes, { level: 1, finishFlush: constants.Z_FULL_FLUSH })
  return { deflated, crc: crc32(bytes), length: bytes.length }
}

/** One gzip file (RFC 1952) whose content is that of the pieces, one after the other. */
export async function* gzipOf(pieces: AsyncIterable<GzipPiece>): AsyncGenerator<Buffer> {
  yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 255])
  let [crc, length] = [0, 0]
  for await (const piece of pieces) {
    crc = combinedCrc(crc, piece.crc, piece.length)
    length += piece.length
    yield piece.deflated
  }
  const end = Buffer.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  end.writeUInt32LE(crc, 2)
  end.writeUInt32LE(length % 2 ** 32, 6)
  yield end
}

/** The CRC-32 of two texts in a row from those of each: appending n zero bytes is a linear map, whose power is taken by squaring (as zlib does). */
export function combinedCrc(first: number, second: number, secondLength: number): number {
  let result = first
  let map = ZERO_BYTE
  for (let left = secondLength; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = applied(map, result)
    map = map.map((row) => applied(map, row))
  }
  return (result ^ second) >>> 0
}

/** Column k says where bit k of a CRC goes when one zero byte follows. */
const ZERO_BYTE: readonly number[] = Array.from({ length: 32 }, (_, bit) => {
  let value = 2 ** bit
  for (let step = 0; step < 8; step += 1) value = (value & 1) === 1 ? ((value >>> 1) ^ 0xedb88320) >>> 0 : value >>> 1
  return value
})

function applied(map: readonly number[], vector: number): number {
  let result = 0
  for (let bit = 0, left = vector; left !== 0; bit += 1, left >>>= 1) if ((left & 1) === 1) result ^= map[bit] ?? 0
  return result >>> 0
}
