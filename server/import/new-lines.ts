import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact } from '#shared/domain/record.ts'
import { changedColumns, NO_COLUMNS } from './servicenow/columns.ts'
import type { Remark } from './servicenow/history.ts'
import type { ExportLine } from './servicenow/line.ts'
import type { Names } from './servicenow/names.ts'

/** An incident's lines against what its case already holds. */
export type NewLines = {
  /** Lines that go on where the case stands, in order. */
  readonly following: readonly ExportLine[]
  /** Lines from before something that is already there: their history can no longer be decided, only told. */
  readonly belated: readonly { readonly line: ExportLine; readonly after: ExportLine | null }[]
  readonly remarks: readonly Remark[]
}

/** Sorts out what is new. A line that is there already says nothing again; one that repeats another of the same file is remarked. */
export function newLines(lines: readonly ExportLine[], recorded: ReadonlySet<CommandId>, names: Names): NewLines {
  const first = new Map<CommandId, ExportLine>()
  const remarks: Remark[] = []
  const distinct = lines.filter((line) => {
    const earlier = first.get(names.lineOf(line))
    if (earlier) remarks.push({ line: line.line, text: `repeats line ${earlier.line}; nothing to add` })
    else first.set(names.lineOf(line), line)
    return !earlier
  })
  const last = distinct.findLastIndex((line) => recorded.has(names.lineOf(line)))
  const belated = distinct.flatMap((line, index) =>
    index < last && !recorded.has(names.lineOf(line)) ? [{ line, after: distinct[index - 1] ?? null }] : []
  )
  for (const { line } of belated) {
    remarks.push({ line: line.line, text: 'comes after later lines of its incident were imported; kept as a note at its own instant' })
  }
  return { following: distinct.slice(last + 1), belated, remarks }
}

/** A belated line as a note: nothing of it is lost, and the case stands where its later lines put it. */
export function belatedNote({ line, after }: NewLines['belated'][number], names: Names, recordedAt: Instant): LoggedFact<CaseFact> {
  const changes = Object.entries(changedColumns(after?.columns ?? NO_COLUMNS, line.columns))
  const text = changes.map(([column, [from, to]]) => `${column}: ${from || '-'} → ${to || '-'}`).join('\n')
  return {
    fact: { type: 'noteAdded', text },
    occurredAt: line.updatedAt,
    recordedAt,
    actorId: names.actor(line.columns.sys_updated_by),
    commandId: names.lineOf(line),
    late: true
  }
}
