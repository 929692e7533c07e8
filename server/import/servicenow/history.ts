import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import { evolveCase } from '#shared/domain/case/evolve.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import { isMoreSevere } from '#shared/domain/case/severity.ts'
import type { CommandId, PersonId, PolicyId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { earlier } from '#shared/domain/instant.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import { changedColumns, NO_COLUMNS } from './columns.ts'
import type { Columns } from './columns.ts'
import type { ExportLine } from './line.ts'
import { opener, plain } from './names.ts'
import type { Names } from './names.ts'
import { readTimestamp } from './timestamp.ts'

/** What an incident's lines are added to: nothing yet, or the case as the desk has it and the columns of the last line it knows. */
export type Known = { readonly state: CaseState; readonly columns: Columns } | null

export type Remark = { readonly line: number; readonly text: string }
export type History = { readonly logged: readonly LoggedFact<CaseFact>[]; readonly remarks: readonly Remark[] }

export type Desk = {
  readonly names: Names
  /** The number the desk gives a case that does not exist yet. */
  readonly caseNumber: string
  readonly policyId: PolicyId
  readonly recordedAt: Instant
}

/**
 * The facts that lines of one incident add to its case, in the order of the lines. Each line yields what it means (see
 * docs/import.md) and an `exportLineRecorded` with every column that changed, in the export's own words: from those the lines can be
 * rebuilt. After a line's facts the case stands where the line says: status, severity, queue, owner, re-openings.
 */
export function historyOf(lines: readonly ExportLine[], known: Known, desk: Desk): History {
  const logged: LoggedFact<CaseFact>[] = []
  const remarks: Remark[] = []
  let state = known?.state
  let before: { readonly columns: Columns; readonly updatedAt: Instant | null } = {
    columns: known?.columns ?? NO_COLUMNS,
    updatedAt: known ? readTimestamp(known.columns.sys_updated_at) : null
  }
  for (const line of lines) {
    const commandId = desk.names.lineOf(line)
    const log = (fact: CaseFact, occurredAt: Instant, actorId: PersonId) => {
      const entry = { fact, occurredAt, recordedAt: desk.recordedAt, actorId, commandId, late: false }
      logged.push(entry)
      state = evolveCase(desk.names.caseOf(line.number), state, entry)
      return state
    }
    const opened = state ?? log(opening(line, desk), openingInstant(lines), desk.names.actor(opener(line.columns)))
    const actor = desk.names.actor(line.columns.sys_updated_by)
    settle(opened, line, desk.names, (fact) => log(fact, line.updatedAt, actor))
    log({ type: 'exportLineRecorded', line: line.line, changes: changedColumns(before.columns, line.columns) }, line.updatedAt, actor)
    remarks.push(...remarksOn(line, before))
    if (state && state.reopenCount > line.reopenCount) {
      remarks.push({ line: line.line, text: `reopen_count goes down to ${line.reopenCount}; the case keeps ${state.reopenCount}` })
    }
    before = line
  }
  return { logged, remarks }
}

/** The columns of the last line a case's facts hold, or null when no line was imported into it. */
export function lastColumns(facts: readonly LoggedFact[]): Columns | null {
  let columns: Columns | null = null
  for (const { fact } of facts) {
    if (fact.type === 'exportLineRecorded')
      columns = { ...(columns ?? NO_COLUMNS), ...Object.fromEntries(Object.entries(fact.changes).map(([column, [, to]]) => [column, to])) }
  }
  return columns
}

/** The commands that a case's facts came from: which lines are already there. */
export function recordedLines(facts: readonly LoggedFact[]): ReadonlySet<CommandId> {
  return new Set(facts.flatMap(({ commandId }) => commandId ?? []))
}

function opening(line: ExportLine, { names, caseNumber, policyId }: Desk): CaseFact {
  const { columns } = line
  return {
    type: 'caseOpened',
    number: caseNumber,
    aliases: [],
    channel: line.channel,
    customerId: names.customer,
    contactId: names.contact(columns.caller_id),
    callerName: plain(columns.caller_id),
    callbackNumber: null,
    itemId: names.item(columns.cmdb_ci),
    subject: subjectOf(line),
    description: [columns.location, columns.category, columns.subcategory, columns.u_symptom].filter((word) => word !== '').join('\n'),
    impact: line.impact,
    urgency: line.urgency,
    severity: line.severity,
    queueId: names.queue(columns.assignment_group),
    assigneeId: names.assignee(columns.assigned_to),
    verified: false,
    policyId,
    parentId: null,
    source: { system: names.system, number: line.number },
    steps: [],
    sample: false
  }
}

/** When the call was taken; never after something that was done about it. */
function openingInstant(lines: readonly ExportLine[]): Instant {
  return lines.map((line) => earlier(line.openedAt, line.updatedAt)).reduce(earlier)
}

/** The export has no subject line; its classification says best what the matter was. */
function subjectOf({ columns, number }: ExportLine): string {
  const words = [columns.category, columns.subcategory, columns.u_symptom].map(plain).filter((word) => word !== '')
  return words.length === 0 ? `Incident ${number}` : words.join(' · ').slice(0, 200)
}

/** Emits the facts that bring a case from where it stands to where a line says it stands, in the order details, severity, owner, status. */
function settle(from: CaseState, line: ExportLine, names: Names, log: (fact: CaseFact) => CaseState): void {
  let state = from
  const emit = (fact: CaseFact) => {
    state = log(fact)
  }
  const details = {
    contactId: names.contact(line.columns.caller_id),
    itemId: names.item(line.columns.cmdb_ci),
    subject: subjectOf(line),
    impact: line.impact,
    urgency: line.urgency
  }
  if (Object.entries(details).some(([field, value]) => state[field as keyof typeof details] !== value))
    emit({ type: 'detailsCorrected', ...details })

  if (state.severity !== line.severity) {
    const type = isMoreSevere(line.severity, state.severity) ? 'severityRaised' : 'severityLowered'
    emit({ type, from: state.severity, to: line.severity, reason: '' })
  }

  const owner = { queueId: names.queue(line.columns.assignment_group), assigneeId: names.assignee(line.columns.assigned_to) }
  if (state.queueId !== owner.queueId || state.assigneeId !== owner.assigneeId) emit({ type: 'caseAssigned', ...owner })

  for (let counted = state.reopenCount; counted < line.reopenCount; counted += 1) {
    if (state.waiting) emit({ type: 'waitEnded', because: 'resumed' })
    emit({ type: 'caseReopened', reason: '', cycle: state.cycle + 1 })
  }
  settleStatus(state, line, emit, () => state)
}

/**
 * The exporting system has no acknowledgement. Whoever makes the first line that is no longer New has taken notice by name, so
 * that line acknowledges.
 */
function settleStatus(from: CaseState, { standing, columns }: ExportLine, emit: (fact: CaseFact) => void, now: () => CaseState): void {
  if (standing.status !== 'new' && from.acknowledgedAt === null) emit({ type: 'caseAcknowledged' })
  const state = now()
  switch (standing.status) {
    case 'new':
      if (state.waiting) emit({ type: 'waitEnded', because: 'resumed' })
      if (now().status !== 'new') emit(returned(now(), 'new'))
      return
    case 'inProgress':
      if (state.waiting) emit({ type: 'waitEnded', because: 'resumed' })
      if (now().status !== 'inProgress') emit(returned(now(), 'inProgress'))
      return
    case 'waiting':
      if (state.waiting?.on === standing.on) return
      if (state.waiting) emit({ type: 'waitEnded', because: 'replaced' })
      if (!isOpen(now().status)) emit(returned(now(), 'inProgress'))
      emit({ type: 'waitStarted', on: standing.on, question: '', until: null })
      return
    case 'resolved':
      if (state.status === 'resolved') return
      if (state.status === 'closed') return emit(returned(state, 'resolved'))
      if (state.waiting) emit({ type: 'waitEnded', because: 'resolved' })
      return emit({ type: 'caseResolved', code: 'imported', text: outcome(columns) })
    case 'closed':
      if (state.status === 'closed') return
      if (state.waiting) emit({ type: 'waitEnded', because: 'closed' })
      return emit({ type: 'caseClosed', text: state.status === 'resolved' ? '' : outcome(columns) })
  }
}

function returned(state: CaseState, to: 'new' | 'inProgress' | 'resolved'): CaseFact {
  return { type: 'caseReturned', to, cycle: to !== 'resolved' && !isOpen(state.status) ? state.cycle + 1 : state.cycle }
}

function outcome(columns: Columns): string {
  return [columns.closed_code, columns.resolved_by]
    .map(plain)
    .filter((word) => word !== '')
    .join('\n')
}

function remarksOn(line: ExportLine, before: { readonly columns: Columns; readonly updatedAt: Instant | null }): readonly Remark[] {
  const remarks: Remark[] = []
  if (before.updatedAt !== null && line.updatedAt < before.updatedAt) {
    remarks.push({
      line: line.line,
      text: `sys_updated_at goes back from ${before.columns.sys_updated_at} to ${line.columns.sys_updated_at}; the order of the lines is kept`
    })
  }
  const [count, last] = [line.columns.sys_mod_count, before.columns.sys_mod_count]
  if (count !== '' && last !== '' && Number(count) <= Number(last)) {
    remarks.push({ line: line.line, text: `sys_mod_count goes from ${last} to ${count}; the order of the lines is kept` })
  }
  return remarks
}
