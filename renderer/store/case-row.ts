import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import type { CaseId } from '#shared/domain/identity.ts'
import { nextDue } from '#shared/domain/sla/clocks.ts'
import type { NextDue } from '#shared/domain/sla/clock.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'

/** A case as lists hold it: its state and what it is sorted by, computed once per change. */
export type CaseRow = {
  readonly id: CaseId
  readonly state: CaseState
  readonly version: number
  /** Own commands behind this picture that the desk has not answered yet. */
  readonly pending: number
  readonly due: NextDue | null
  /** Ascending: open cases by their next deadline, ended ones by the newest end. */
  readonly sortKey: number
}

export function makeCaseRow(state: CaseState, version: number, pending: number, policy: Policy | undefined): CaseRow {
  const open = isOpen(state.status)
  const due = open && policy ? nextDue(state.marks, policy) : null
  return {
    id: state.id,
    state,
    version,
    pending,
    due,
    sortKey: open ? dueKey(due) : 0 - (state.closedAt ?? state.resolvedAt ?? state.changedAt)
  }
}

/** A held clock is sorted by the deadline it will have when its wait runs out, so nothing moves when that happens. Without a deadline a case comes last. */
function dueKey(due: NextDue | null): number {
  return due?.dueAt ?? Number.MAX_SAFE_INTEGER
}
