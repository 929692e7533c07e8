import { createReadStream } from 'node:fs'
import type { ImportAnswer, ImportBatch } from '#server/import/batch.ts'
import { IMPORT_LIMITS } from '#server/import/batch.ts'
import { REQUIRED_COLUMNS } from '#server/import/servicenow/columns.ts'
import type { Report, Totals } from './report.ts'
import { tableRows, UnreadableTable } from './table-rows.ts'

export type Send = (lines: ImportBatch['lines']) => Promise<ImportAnswer>
type Line = ImportBatch['lines'][number]

/** From here a batch ends with the incident it is in. */
const LINES_WANTED = 500

/**
 * Streams an export to `send`, batch by batch in the order of the file, the lines of one incident together where they stand together.
 * Lines that cannot be used go to the report in the order of the file. Throws UnreadableTable when the file as a whole cannot be read.
 */
export async function importFile(path: string, send: Send, report: Report): Promise<Totals> {
  const changed = new Set<string>()
  const seen = new Set<string>()
  let events = 0
  let rejected = 0
  let batch: Line[] = []
  let bytes = 0
  let unusable: { line: number; text: string }[] = []

  const flush = async () => {
    const answer = batch.length > 0 ? await send(batch) : null
    for (const number of answer?.changed ?? []) changed.add(number)
    for (const number of [...(answer?.changed ?? []), ...(answer?.unchanged ?? [])]) seen.add(number)
    events += answer?.events ?? 0
    const refused = [...unusable, ...(answer?.rejected ?? [])].toSorted((a, b) => a.line - b.line)
    rejected += refused.length
    for (const { line, text } of refused) report.rejected(line, text)
    for (const { line, text } of answer?.remarks ?? []) report.remarked(line, text)
    batch = []
    bytes = 0
    unusable = []
  }

  for await (const row of tableRows(fileOf(path), REQUIRED_COLUMNS)) {
    if (!row.usable) {
      unusable.push({ line: row.line, text: row.reason })
      if (unusable.length >= LINES_WANTED) await flush()
      continue
    }
    const line = { line: row.line, cells: row.cells }
    const size = Buffer.byteLength(JSON.stringify(line))
    const anotherIncident = batch.at(-1)?.cells['number'] !== row.cells['number']
    const full = batch.length >= IMPORT_LIMITS.linesPerBatch || bytes + size > IMPORT_LIMITS.bytesPerBatch / 2
    if (full || (anotherIncident && batch.length >= LINES_WANTED)) await flush()
    batch.push(line)
    bytes += size
  }
  await flush()
  return { cases: changed.size, events, unchanged: seen.size - changed.size, rejected }
}

async function* fileOf(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer
  } catch (error) {
    throw new UnreadableTable(
      `${path} cannot be read: ${(error as Error).message}. Check the name and the rights of the file; the same command continues an import that had begun.`
    )
  }
}
