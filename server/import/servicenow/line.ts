import type { CaseStatus } from '#shared/domain/case/case.ts'
import type { Channel, WaitingOn } from '#shared/domain/case/fact.ts'
import { Severity } from '#shared/domain/case/severity.ts'
import type { Level } from '#shared/domain/case/severity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { DAY } from '#shared/domain/instant.ts'
import { COLUMNS } from './columns.ts'
import type { Column, Columns } from './columns.ts'
import { readTimestamp } from './timestamp.ts'

/** What an incident state means here, and whom the case waits on. */
type Standing = { readonly status: Exclude<CaseStatus, 'waiting'> } | { readonly status: 'waiting'; readonly on: WaitingOn }

/** One line of an export, read: the incident as it stood after one update. `line` is where it lies in the file. */
export type ExportLine = {
  readonly line: number
  readonly number: string
  readonly standing: Standing
  readonly channel: Channel
  readonly severity: Severity
  readonly impact: Level | null
  readonly urgency: Level | null
  readonly reopenCount: number
  readonly openedAt: Instant
  readonly updatedAt: Instant
  readonly columns: Columns
}

export type ReadLine = { readonly usable: true; readonly line: ExportLine } | { readonly usable: false; readonly reason: string }

const STANDINGS: Readonly<Record<string, Standing>> = {
  New: { status: 'new' },
  Active: { status: 'inProgress' },
  'Awaiting User Info': { status: 'waiting', on: 'customer' },
  'Awaiting Problem': { status: 'waiting', on: 'problem' },
  'Awaiting Vendor': { status: 'waiting', on: 'vendor' },
  'Awaiting Evidence': { status: 'waiting', on: 'evidence' },
  Resolved: { status: 'resolved' },
  Closed: { status: 'closed' }
}

const CHANNELS: Readonly<Record<string, Channel>> = { Phone: 'phone', IVR: 'phone', Email: 'email', 'Self service': 'portal' }
const LEVELS: Readonly<Record<string, Level | null>> = { '1 - High': 'high', '2 - Medium': 'medium', '3 - Low': 'low', '': null }
const DATES = ['opened_at', 'sys_created_at', 'sys_updated_at', 'resolved_at', 'closed_at'] as const
const LONGEST_VALUE = 200

/**
 * Exports repeat the final outcome on every line of an incident, also on those from before it was known. Such a column counts
 * only on lines that stand where it can be true.
 */
const OUTCOMES: Partial<Record<Column, readonly CaseStatus[]>> = {
  closed_code: ['resolved', 'closed'],
  resolved_by: ['resolved', 'closed'],
  resolved_at: ['resolved', 'closed'],
  closed_at: ['closed']
}

/** Reads one line's cells (by column name, as exported). The reason for refusing names the column and its value. */
export function readLine(line: number, cells: Readonly<Record<string, string>>, now: Instant): ReadLine {
  const cell = (column: Column) => {
    const value = (cells[column] ?? '').trim()
    return value === '?' ? '' : value
  }
  const refused = (column: Column, problem: string): ReadLine => ({
    usable: false,
    reason: `${column} ${problem}: "${shortened(cell(column))}"`
  })

  for (const column of COLUMNS) {
    if (cell(column).length > LONGEST_VALUE) return refused(column, `is longer than ${LONGEST_VALUE} characters`)
    if (holdsControlCharacter(cell(column))) return refused(column, 'holds a control character')
  }
  const number = cell('number')
  if (!/^[A-Za-z][A-Za-z0-9_-]{1,39}$/.test(number)) return refused('number', 'is not an incident number')
  const standing = known(STANDINGS, cell('incident_state'))
  if (!standing) return refused('incident_state', 'is not a state this import knows')
  const severity = Severity.safeParse(Number(/^([1-5]) - /.exec(cell('priority'))?.[1]))
  if (!severity.success) return refused('priority', 'is not one of 1 to 5')
  const channel = known(CHANNELS, cell('contact_type'))
  if (!channel) return refused('contact_type', 'has no channel here')
  const impact = known(LEVELS, cell('impact'))
  if (impact === undefined) return refused('impact', 'is not one of 1 - High, 2 - Medium, 3 - Low')
  const urgency = known(LEVELS, cell('urgency'))
  if (urgency === undefined) return refused('urgency', 'is not one of 1 - High, 2 - Medium, 3 - Low')
  if (!/^\d{1,3}$/.test(cell('reopen_count'))) return refused('reopen_count', 'is not a count')
  for (const column of DATES)
    if (cell(column) !== '' && readTimestamp(cell(column)) === null) return refused(column, 'is not a date that exists')
  const openedAt = readTimestamp(cell('opened_at'))
  if (openedAt === null) return refused('opened_at', 'is empty')
  const updatedAt = readTimestamp(cell('sys_updated_at'))
  if (updatedAt === null) return refused('sys_updated_at', 'is empty')
  // A day's grace, because an export's clock may be ahead of UTC by its zone.
  if (updatedAt > now + DAY) return refused('sys_updated_at', 'lies in the future')
  if (openedAt > now + DAY) return refused('opened_at', 'lies in the future')

  const columns = Object.fromEntries(
    COLUMNS.map((column) => [column, OUTCOMES[column] && !OUTCOMES[column].includes(standing.status) ? '' : cell(column)])
  ) as Columns
  const reopenCount = Number(cell('reopen_count'))
  return {
    usable: true,
    line: { line, number, standing, channel, severity: severity.data, impact, urgency, reopenCount, openedAt, updatedAt, columns }
  }
}

function known<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}

function holdsControlCharacter(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for: PostgreSQL cannot keep a NUL in text
  return /[\u0000-\u001f\u007f]/.test(text)
}

function shortened(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  return shown.slice(1, -1)
}
