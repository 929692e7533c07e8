import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/**
 * Draws the application's icon in every size and container that the packages need, into main/icons. Run it by hand after changing the drawing:
 * `node scripts/icons.ts`. Coordinates are fractions of the icon's side, y down.
 */
const folder = resolve(import.meta.dirname, '../main/icons')
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024] as const

type Colour = readonly [number, number, number]
const TOP: Colour = [24, 92, 120]
const BOTTOM: Colour = [12, 38, 62]
const MARK: Colour = [255, 255, 255]
const SIGNAL: Colour = [255, 186, 73]

mkdirSync(folder, { recursive: true })
const images = new Map(SIZES.map((size) => [size, png(draw(size), size)]))
for (const [size, image] of images) writeFileSync(resolve(folder, `${size}x${size}.png`), image)
writeFileSync(resolve(folder, 'icon.ico'), ico([16, 32, 48, 64, 256]))
writeFileSync(resolve(folder, 'icon.icns'), icns({ ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }))

function pick(size: number): Buffer {
  const image = images.get(size as (typeof SIZES)[number])
  if (!image) throw new Error(`the icon is not drawn at ${size}`)
  return image
}

/** RGBA rows. Each edge is softened over one pixel of its signed distance. */
function draw(size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const x = (column + 0.5) / size
      const y = (row + 0.5) / size
      const cover = (distance: number) => Math.min(1, Math.max(0, 0.5 - distance * size))
      let colour = blend(TOP, BOTTOM, y)
      colour = blend(colour, MARK, cover(bell(x, y)))
      colour = blend(colour, SIGNAL, cover(arrow(x, y)))
      const at = (row * size + column) * 4
      pixels.set([...colour.map(Math.round), Math.round(255 * cover(roundedSquare(x, y)))], at)
    }
  return pixels
}

function roundedSquare(x: number, y: number): number {
  const radius = 0.22
  const dx = Math.max(Math.abs(x - 0.5) - (0.48 - radius), 0)
  const dy = Math.max(Math.abs(y - 0.5) - (0.48 - radius), 0)
  return Math.hypot(dx, dy) - radius
}

/** Two arcs of sound over the arrow: open below, one inside the other. */
function bell(x: number, y: number): number {
  const arc = (radius: number, width: number) => Math.abs(Math.hypot(x - 0.5, y - 0.5) - radius) - width / 2
  // Only what lies above a V that opens upwards at 40 degrees from the horizontal.
  const above = (y - 0.5 + Math.abs(x - 0.5) * 0.15 - 0.02) * 0.98
  return Math.max(Math.min(arc(0.34, 0.075), arc(0.2, 0.075)), above)
}

function arrow(x: number, y: number): number {
  const shaft = Math.max(Math.abs(x - 0.5) - 0.042, Math.abs(y - 0.56) - 0.13)
  const fromTip = 0.84 - y
  const head = Math.max(Math.abs(x - 0.5) - fromTip * 0.85, 0.655 - y) * 0.76
  return Math.min(shaft, head)
}

function blend(from: Colour, to: Colour, part: number): Colour {
  const mix = (index: 0 | 1 | 2) => from[index] + (to[index] - from[index]) * part
  return [mix(0), mix(1), mix(2)]
}

function png(pixels: Buffer, size: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const rows = Buffer.alloc(size * (size * 4 + 1))
  for (let row = 0; row < size; row++) pixels.copy(rows, row * (size * 4 + 1) + 1, row * size * 4, (row + 1) * size * 4)
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Windows: a directory of PNG images, 256 written as 0. */
function ico(sizes: readonly number[]): Buffer {
  const header = Buffer.alloc(6 + 16 * sizes.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index
    header.set([size % 256, size % 256], entry)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(pick(size).length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += pick(size).length
  })
  return Buffer.concat([header, ...sizes.map(pick)])
}

/** macOS: typed blocks of PNG images. */
function icns(blocks: Readonly<Record<string, number>>): Buffer {
  const parts = Object.entries(blocks).map(([type, size]) => {
    const image = pick(size)
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(image.length + 8, 4)
    return Buffer.concat([head, image])
  })
  const head = Buffer.alloc(8)
  head.write('icns', 'latin1')
  head.writeUInt32BE(
    parts.reduce((sum, part) => sum + part.length, 8),
    4
  )
  return Buffer.concat([head, ...parts])
}
