import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { tableRows } from '#scripts/import/table-rows.ts'
import { REQUIRED_COLUMNS } from '#server/import/servicenow/columns.ts'
import { readLine } from '#server/import/servicenow/line.ts'
import type { ExportLine } from '#server/import/servicenow/line.ts'
import type { Instant } from '#shared/domain/instant.ts'

export const EXPORT_FILE = fileURLToPath(new URL('../../fixtures/servicenow-phone-incidents.csv', import.meta.url))
export const NOW = Date.UTC(2026, 10, 22) as Instant

/** The real export's lines by incident, in the order of the file. */
export function realIncidents(): Promise<ReadonlyMap<string, readonly ExportLine[]>> {
  read ??= readIncidents()
  return read
}

let read: Promise<ReadonlyMap<string, readonly ExportLine[]>> | null = null

async function readIncidents(): Promise<ReadonlyMap<string, readonly ExportLine[]>> {
  const incidents = new Map<string, ExportLine[]>()
  for await (const row of tableRows(createReadStream(EXPORT_FILE), REQUIRED_COLUMNS)) {
    if (!row.usable) throw new Error(`line ${row.line}: ${row.reason}`)
    const line = readLine(row.line, row.cells, NOW)
    if (!line.usable) throw new Error(`line ${row.line}: ${line.reason}`)
    incidents.set(line.line.number, [...(incidents.get(line.line.number) ?? []), line.line])
  }
  return incidents
}

/** One line of an invented incident; what a test does not name is ordinary. */
export function exportLine(line: number, cells: Readonly<Record<string, string>> = {}): ExportLine {
  const read = readLine(line, ordinaryCells(line, cells), NOW)
  if (!read.usable) throw new Error(read.reason)
  return read.line
}

export function ordinaryCells(line: number, cells: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    number: 'INC0000001',
    incident_state: 'New',
    reopen_count: '0',
    sys_mod_count: String(line),
    opened_at: '01-03-2016 08:00',
    opened_by: 'Opened by  8',
    sys_updated_by: 'Updated by 21',
    sys_updated_at: `01-03-2016 09:${String(line).padStart(2, '0')}`,
    contact_type: 'Phone',
    caller_id: 'Caller 7',
    category: 'Category 55',
    subcategory: 'Subcategory 170',
    u_symptom: '?',
    cmdb_ci: '?',
    impact: '2 - Medium',
    urgency: '2 - Medium',
    priority: '3 - Moderate',
    assignment_group: 'Group 56',
    assigned_to: '?',
    ...cells
  }
}
