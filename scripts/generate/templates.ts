import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { REQUIRED_COLUMNS } from '#server/import/servicenow/columns.ts'
import { historyOf } from '#server/import/servicenow/history.ts'
import { readLine } from '#server/import/servicenow/line.ts'
import type { ExportLine } from '#server/import/servicenow/line.ts'
import { namesOf } from '#server/import/servicenow/names.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { PersonId, PolicyId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { tableRows } from '../import/table-rows.ts'

/** What happened to one real incident, as offsets from its opening. */
export type Template = readonly { readonly after: number; readonly actorId: PersonId; readonly fact: CaseFact }[]

const REAL_EXPORT = fileURLToPath(new URL('../../test/fixtures/servicenow-phone-incidents.csv', import.meta.url))

/** The histories of the 600 real incidents: how often, how long and in what order things happen on a real desk. */
export async function realTemplates(): Promise<readonly Template[]> {
  const incidents = new Map<string, ExportLine[]>()
  for await (const row of tableRows(createReadStream(REAL_EXPORT), REQUIRED_COLUMNS)) {
    const read = row.usable ? readLine(row.line, row.cells, Date.now() as Instant) : row
    if (!read.usable) throw new Error(`the real export cannot be read at line ${row.line}: ${read.reason}`)
    incidents.set(read.line.number, [...(incidents.get(read.line.number) ?? []), read.line])
  }
  const desk = { names: namesOf('Template'), caseNumber: 'C-000000', policyId: 'managed-os/1' as PolicyId, recordedAt: 0 as Instant }
  return [...incidents.values()].map((lines) => {
    const { logged } = historyOf(lines, null, desk)
    const start = logged[0]?.occurredAt ?? 0
    return logged.map(({ fact, occurredAt, actorId }) => ({ after: Math.max(0, occurredAt - start), actorId, fact }))
  })
}
