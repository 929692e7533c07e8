import { appendFileSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { JournalLine } from '#shared/protocol/desk-api.ts'
import { readIfThere, replaceFile, syncFolder } from './durable-file.ts'

export type Journal = {
  /** Appends and syncs. When it resolves the lines are on the disk; when it rejects none of them counts. */
  readonly append: (lines: readonly JournalLine[]) => Promise<number>
  /** Every whole line in the order of writing. Bytes that are no line (a write cut short, a bad sector) are counted, and kept beside the journal. */
  readonly read: () => Promise<{ readonly lines: JournalLine[]; readonly damagedBytes: number }>
  /** Drops the lines up to and including this sequence, atomically. Hands back how many are left. */
  readonly trim: (through: number) => Promise<number>
  readonly close: () => Promise<void>
}

/**
 * The outbox's second home, outside Chromium, which may lose or wipe its own storage. One text line per entry, `crc32 json`, so that a torn write is
 * recognised and costs nothing but itself. One writer per file: the single-instance lock sees to that.
 */
export async function openJournal(path: string): Promise<Journal> {
  let file = await openForAppend(path)
  let queue: Promise<unknown> = Promise.resolve()

  /** One after the other, in the order asked; a failed one does not stop the next. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }

  return {
    append: (lines) =>
      inTurn(async () => {
        const before = (await file.stat()).size
        try {
          await file.appendFile(lines.map(encode).join(''))
          await file.sync()
        } catch (error) {
          // What was half written would be taken for whole after a restart.
          await file.truncate(before)
          throw error
        }
        return lines.reduce((highest, line) => Math.max(highest, line.sequence), 0)
      }),
    read: () =>
      inTurn(async () => {
        const { lines, damaged } = parse(readIfThere(path) ?? '')
        return { lines, damagedBytes: damaged.reduce((sum, raw) => sum + Buffer.byteLength(raw), 0) }
      }),
    trim: (through) =>
      inTurn(async () => {
        const content = readIfThere(path) ?? ''
        const { lines, damaged } = parse(content)
        if (damaged.length > 0) appendFileSync(`${path}.damaged`, damaged.join(''), { mode: 0o600 })
        const kept = lines.filter((line) => line.sequence > through)
        await file.close()
        try {
          replaceFile(path, kept.map(encode).join(''))
        } finally {
          file = await openForAppend(path)
        }
        return kept.length
      }),
    close: () => inTurn(() => file.close())
  }
}

/** A last line without its end was cut short by a crash: it is closed off, so that the next line stands alone. */
async function openForAppend(path: string): Promise<FileHandle> {
  const file = await open(path, 'a+', 0o600)
  syncFolder(dirname(path))
  const { size } = await file.stat()
  if (size > 0) {
    const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 })
    if (buffer.toString() !== '\n') await file.appendFile('\n')
  }
  return file
}

function encode(line: JournalLine): string {
  const json = JSON.stringify({ sequence: line.sequence, body: line.body })
  return `${checksum(json)} ${json}\n`
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0')
}

function parse(content: string): { readonly lines: JournalLine[]; readonly damaged: readonly string[] } {
  const lines: JournalLine[] = []
  const damaged: string[] = []
  for (const raw of content.split('\n')) {
    if (raw === '') continue
    const line = decode(raw)
    if (line) lines.push(line)
    else damaged.push(`${raw}\n`)
  }
  return { lines, damaged }
}

function decode(raw: string): JournalLine | null {
  const json = raw.slice(9)
  if (raw[8] !== ' ' || checksum(json) !== raw.slice(0, 8)) return null
  const parsed = JournalLine.safeParse(JSON.parse(json))
  return parsed.success ? parsed.data : null
}
