import { isDeepStrictEqual } from 'node:util'
import type { Pool } from 'pg'
import { evolve } from '#shared/domain/evolve.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import { crookedCases, logByRecord, rowsByRecord } from './db/log-histories.ts'
import type { HistoryEntry } from './db/log-histories.ts'

export type Verification = { readonly records: number; readonly entries: number; readonly differences: number }

/**
 * Folds the whole log anew, record by record, and compares: each image the log kept, each record's row, and the columns made from it.
 * Reads one consistent moment, beside a running server too. Every difference is told to `report`.
 */
export async function verifyLog(pool: Pool, report: (difference: string) => void): Promise<Verification> {
  const [logSide, rowSide] = [await pool.connect(), await pool.connect()]
  try {
    await logSide.query('begin isolation level repeatable read read only')
    const { rows } = await logSide.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    await rowSide.query(`begin isolation level repeatable read read only; set transaction snapshot '${rows[0]?.snapshot ?? ''}'`)
    return await compare(folded(logByRecord(logSide)), rowsByRecord(rowSide), () => crookedCases(rowSide), report)
  } finally {
    for (const client of [logSide, rowSide]) {
      await client.query('rollback')
      client.release()
    }
  }
}

type Folded = { readonly image: RecordImage; readonly entries: number; readonly problems: readonly string[] }

async function compare(
  histories: AsyncGenerator<Folded>,
  rows: AsyncGenerator<RecordImage>,
  crooked: () => Promise<readonly string[]>,
  report: (difference: string) => void
): Promise<Verification> {
  let [records, entries, differences] = [0, 0, 0]
  const differs = (text: string) => {
    differences += 1
    report(text)
  }
  let row = await rows.next()
  for await (const { image, entries: count, problems } of histories) {
    records += 1
    entries += count
    problems.forEach(differs)
    while (!row.done && keyOf(row.value) < keyOf(image)) {
      differs(`${nameOf(row.value)} has a row but no history`)
      row = await rows.next()
    }
    if (row.done || keyOf(row.value) !== keyOf(image)) {
      differs(`${nameOf(image)} has a history but no row`)
      continue
    }
    if (row.value.version !== image.version) differs(`${nameOf(image)} is at version ${row.value.version}, its history at ${image.version}`)
    else if (!isDeepStrictEqual(plain(row.value.state), plain(image.state))) differs(`${nameOf(image)} is not what its history says`)
    row = await rows.next()
  }
  for (; !row.done; row = await rows.next()) differs(`${nameOf(row.value)} has a row but no history`)
  for (const id of await crooked()) differs(`case ${id} has columns that differ from its state`)
  return { records, entries, differences }
}

async function* folded(entries: AsyncGenerator<HistoryEntry>): AsyncGenerator<Folded> {
  let current: { image: RecordImage | undefined; ref: HistoryEntry; entries: number; problems: string[] } | null = null
  for await (const entry of entries) {
    if (!current || keyOf(current.ref) !== keyOf(entry)) {
      if (current?.image) yield { image: current.image, entries: current.entries, problems: current.problems }
      current = { image: undefined, ref: entry, entries: 0, problems: [] }
    }
    current.entries += 1
    if (entry.version !== current.entries)
      current.problems.push(`${nameOf(entry)} goes from version ${current.entries - 1} to ${entry.version}`)
    current.image = evolve(entry, current.image, entry.facts)
    if (entry.state !== undefined && !isDeepStrictEqual(plain(entry.state), plain(current.image.state)))
      current.problems.push(`${nameOf(entry)}: the image of version ${entry.version} is not what its facts make`)
  }
  if (current?.image) yield { image: current.image, entries: current.entries, problems: current.problems }
}

type Ref = { readonly kind: string; readonly id: string }

function keyOf({ kind, id }: Ref): string {
  return `${kind}\u0000${id}`
}

function nameOf({ kind, id }: Ref): string {
  return `${kind} ${id}`
}

/** A fold made here, as the database would give it back. */
function plain(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state ?? null))
}
