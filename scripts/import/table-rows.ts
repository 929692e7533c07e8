import { parse } from 'csv-parse/sync'
import { physicalLines } from './physical-lines.ts'
import type { PhysicalLine } from './physical-lines.ts'

/** A row of a table by column name, or why its line cannot be one. `line` is where it begins. */
export type TableRow =
  | { readonly line: number; readonly usable: true; readonly cells: Readonly<Record<string, string>> }
  | { readonly line: number; readonly usable: false; readonly reason: string }

/** The file as a whole cannot be read; nothing of it was used. The message is for the person who gave it. */
export class UnreadableTable extends Error {
  override readonly name = 'UnreadableTable'
}

const LONGEST_LINE = 64 * 1024
/** A quoted value may hold line breaks; past this many lines the quote was never closed. */
const MOST_LINES_PER_ROW = 50
const QUOTE = 0x22

/**
 * Reads comma-separated values with a header, in any order of columns, as a stream. A line that cannot be used costs itself
 * only: too long, not UTF-8, cut, a quote that is never closed. Throws UnreadableTable when no header with the required columns is
 * found or the file is not UTF-8 text at all.
 */
export async function* tableRows(chunks: AsyncIterable<Buffer>, required: readonly string[]): AsyncGenerator<TableRow> {
  const lines = lookAhead(physicalLines(refuseOtherEncodings(chunks), LONGEST_LINE))
  const header = await readHeader(lines, required)
  for (let first = await lines.next(); first; first = await lines.next()) {
    const { line } = first
    if ('tooLong' in first) {
      yield { line, usable: false, reason: `the line is ${first.tooLong} bytes long; at most ${LONGEST_LINE} are read` }
      continue
    }
    if (first.bytes.length === 0) continue
    const rest: PhysicalLine[] = []
    let bytes = first.bytes
    while (!isClosed(bytes) && bytes.length <= LONGEST_LINE && rest.length < MOST_LINES_PER_ROW) {
      const next = await lines.next()
      if (!next) break
      rest.push(next)
      if ('tooLong' in next) break
      bytes = Buffer.concat([bytes, Buffer.from('\n'), next.bytes])
    }
    const read = isClosed(bytes) ? readCells(bytes, header) : { reason: 'a quote is opened and never closed' }
    if ('cells' in read) {
      yield { line, usable: true, cells: read.cells }
    } else {
      lines.putBack(rest)
      yield { line, usable: false, reason: read.reason }
    }
  }
}

type LookAhead = { readonly next: () => Promise<PhysicalLine | null>; readonly putBack: (lines: readonly PhysicalLine[]) => void }

function lookAhead(source: AsyncGenerator<PhysicalLine>): LookAhead {
  const waiting: PhysicalLine[] = []
  return {
    next: async () => {
      const known = waiting.shift()
      if (known) return known
      const following = await source.next()
      return following.done ? null : following.value
    },
    putBack: (lines) => {
      waiting.unshift(...lines)
    }
  }
}

async function* refuseOtherEncodings(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun = false
  let start = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (begun) {
      yield chunk
      continue
    }
    start = Buffer.concat([start, chunk])
    if (start.length < 4) continue
    begun = true
    yield withoutMark(start)
  }
  if (!begun) yield withoutMark(start)
}

/** Takes the UTF-8 byte-order mark off; other marks, and NUL bytes where text should be, mean another encoding. */
function withoutMark(start: Buffer): Buffer {
  const mark = start.toString('hex', 0, 2)
  if (mark === 'fffe' || mark === 'feff' || start.subarray(0, 64).includes(0)) {
    throw new UnreadableTable('The file is UTF-16 or not text. Nothing was imported. Save it as CSV in UTF-8 and import that.')
  }
  return start.toString('hex', 0, 3) === 'efbbbf' ? start.subarray(3) : start
}

async function readHeader(lines: LookAhead, required: readonly string[]): Promise<readonly string[]> {
  let first = await lines.next()
  while (first && 'bytes' in first && first.bytes.length === 0) first = await lines.next()
  if (!first) throw new UnreadableTable('The file is empty. Nothing was imported.')
  const text = 'bytes' in first ? decoded(first.bytes) : null
  const names = text === null ? null : fields(text)
  const header = names?.map((name) => name.trim().toLowerCase()) ?? []
  const missing = required.filter((name) => !header.includes(name))
  if (missing.length > 0) {
    throw new UnreadableTable(
      `Line ${first.line} is not the header of an incident export: ${missing.length} of the columns it must name are missing (${missing.join(', ')}). Nothing was imported. Export the incidents with their column names, separated by commas.`
    )
  }
  const twice = header.filter((name, index) => required.includes(name) && header.indexOf(name) !== index)
  if (twice.length > 0) throw new UnreadableTable(`Line ${first.line} names a column twice: ${twice.join(', ')}. Nothing was imported.`)
  return header
}

function readCells(bytes: Buffer, header: readonly string[]): { readonly cells: Record<string, string> } | { readonly reason: string } {
  const text = decoded(bytes)
  if (text === null) return { reason: 'the line is not valid UTF-8' }
  const values = fields(text)
  if (!values) return { reason: 'a quote stands in the middle of a value' }
  if (values.length !== header.length) return { reason: `the line has ${values.length} columns; the header has ${header.length}` }
  return { cells: Object.fromEntries(header.map((name, index) => [name, values[index] ?? ''])) }
}

/** The values of one row, or null when its quotes make no sense. */
function fields(text: string): readonly string[] | null {
  // Most rows hold no quote, and then a comma is a comma: splitting is many times faster than a parser per row.
  if (!text.includes('"')) return text.split(',')
  try {
    return parse(text, { relax_column_count: true })[0] ?? null
  } catch {
    return null
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(bytes: Buffer): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}

/** Quotes come in pairs, also escaped ones: an odd number means that a value goes on in the next line. */
function isClosed(bytes: Buffer): boolean {
  let quotes = 0
  for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) quotes += 1
  return quotes % 2 === 0
}
