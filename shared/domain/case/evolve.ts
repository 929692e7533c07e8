import type { Instant } from '../instant.ts'
import { later } from '../instant.ts'
import type { CaseId } from '../identity.ts'
import type { LoggedFact } from '../record.ts'
import { insertMark } from '../sla/insert-mark.ts'
import type { ClockMark } from '../sla/mark.ts'
import { standingSeverity, standingWait } from '../sla/standing.ts'
import type { CaseState, CaseStatus, MissingField, Waiting } from './case.ts'
import { isOpen } from './case.ts'
import type { CaseFact, FactOf } from './fact.ts'
import type { Severity } from './severity.ts'
import { isMoreSevere } from './severity.ts'

/**
 * Folds one fact into a case. Total for every history the desk can have recorded; a first fact other than `caseOpened`, or a
 * second `caseOpened`, can only come from a bug and throws with the identifiers needed to find it. Facts may come in any order of their
 * instants (SLA-11): severity and waits follow the marks, which are ordered by instant, not the order of recording.
 */
export function evolveCase(id: CaseId, state: CaseState | undefined, logged: LoggedFact<CaseFact>): CaseState {
  const { fact, recordedAt, actorId } = logged
  if (fact.type === 'caseOpened') {
    if (state) throw new Error(`case ${id} (${state.number}) was opened twice`)
    return opened(id, fact, logged)
  }
  if (!state) throw new Error(`case ${id} has a ${fact.type} before it was opened`)
  const next: CaseState = { ...state, changedAt: later(state.changedAt, recordedAt) }
  // Two consoles measure time a little differently; nothing happens to a case before it is opened.
  const at = later(logged.occurredAt, state.openedAt)
  const mark = (added: ClockMark) => insertMark(next.marks, added)

  switch (fact.type) {
    case 'caseAcknowledged': {
      const first = state.acknowledgedAt === null || at < state.acknowledgedAt
      const acknowledged = {
        ...next,
        acknowledgedAt: first ? at : state.acknowledgedAt,
        acknowledgedBy: first ? actorId : state.acknowledgedBy
      }
      return {
        ...acknowledged,
        status: isOpen(state.status) ? openStatus(acknowledged) : state.status,
        marks: mark({ at, m: 'acknowledged' })
      }
    }
    case 'readBackGiven':
      return { ...next, lastContactAt: newest(state.lastContactAt, at), marks: mark({ at, m: 'responded' }) }
    case 'caseAssigned':
      return { ...next, queueId: fact.queueId, assigneeId: fact.assigneeId }
    case 'noteAdded':
    case 'exportLineRecorded':
      return next
    case 'customerUpdated':
      return { ...next, lastContactAt: newest(state.lastContactAt, at), marks: mark({ at, m: 'updated' }) }
    case 'customerContacted':
      return rewaited({ ...next, lastContactAt: newest(state.lastContactAt, at), marks: mark({ at, m: 'contacted' }) }, null)
    case 'severityRaised': {
      const raised = { ...next, marks: outrank(next.marks, at, fact.to) }
      return reassessed({ ...raised, marks: insertMark(raised.marks, { at, m: 'severity', severity: fact.to }) })
    }
    case 'severityLowered':
      return reassessed({ ...next, marks: mark({ at, m: 'severity', severity: fact.to }) })
    case 'waitStarted':
      return rewaited(
        { ...next, marks: mark({ at, m: 'waited', on: fact.on, until: fact.until }) },
        { on: fact.on, since: at, until: fact.until, question: fact.question }
      )
    case 'waitEnded':
      return rewaited({ ...next, marks: mark({ at, m: 'resumed' }) }, null)
    case 'caseResolved': {
      // Resolving tells the customer how; what an export calls resolved says nothing of who was told.
      const marks = fact.code === 'imported' ? next.marks : mark({ at, m: 'responded' })
      return {
        ...next,
        status: 'resolved',
        waiting: null,
        resolution: fact.code,
        resolvedAt: at,
        marks: insertMark(marks, { at, m: 'resolved' })
      }
    }
    case 'caseClosed':
      return { ...next, status: 'closed', waiting: null, closedAt: at, marks: mark({ at, m: 'closed' }) }
    case 'caseReopened':
      return {
        ...next,
        status: 'inProgress',
        waiting: null,
        resolution: null,
        resolvedAt: null,
        closedAt: null,
        cycle: fact.cycle,
        reopenCount: state.reopenCount + 1,
        marks: mark({ at, m: 'reopened' })
      }
    case 'caseReturned':
      return returned(next, fact, at)
    case 'detailsCorrected': {
      const { contactId, itemId, subject, impact, urgency } = fact
      return { ...next, contactId, itemId, subject, impact, urgency, missing: missingAfter(state.missing, fact) }
    }
  }
}

/** A case that comes back to life starts a cycle like any re-opened one (SLA-9), but the count of re-openings is the exporting system's own and stays. */
function returned(next: CaseState, { to, cycle }: FactOf<'caseReturned'>, at: Instant): CaseState {
  if (to === 'resolved') return { ...next, status: to, closedAt: null }
  if (isOpen(next.status)) return { ...next, status: to }
  return {
    ...next,
    status: to,
    resolution: null,
    resolvedAt: null,
    closedAt: null,
    cycle,
    marks: insertMark(next.marks, { at, m: 'reopened' })
  }
}

/** The status of an open case. A re-opened case was taken up by the person who re-opened it. */
function openStatus(state: Pick<CaseState, 'waiting' | 'acknowledgedAt' | 'cycle'>): CaseStatus {
  if (state.waiting) return 'waiting'
  return state.acknowledgedAt === null && state.cycle === 1 ? 'new' : 'inProgress'
}

/** The case with the wait that its marks leave standing; `begun` is the one that this fact began. */
function rewaited(state: CaseState, begun: Waiting | null): CaseState {
  if (!isOpen(state.status)) return { ...state, waiting: null }
  const standing = standingWait(state.marks)
  const known = [begun, state.waiting].find(
    (candidate) => candidate && standing && candidate.since === standing.at && candidate.on === standing.on
  )
  const waiting = standing && { on: standing.on, since: standing.at, until: standing.until, question: known?.question ?? '' }
  return { ...state, waiting, status: openStatus({ ...state, waiting }) }
}

function reassessed(state: CaseState): CaseState {
  return { ...state, severity: standingSeverity(state.marks) }
}

/** Raising beats lowering (SLA-19): a raise that arrives late outranks what was lowered after it by people who did not know of it. */
function outrank(marks: readonly ClockMark[], at: Instant, to: Severity): readonly ClockMark[] {
  return marks.map((mark) => (mark.m === 'severity' && mark.at > at && isMoreSevere(to, mark.severity) ? { ...mark, severity: to } : mark))
}

function opened(id: CaseId, fact: FactOf<'caseOpened'>, { occurredAt, recordedAt, actorId }: LoggedFact): CaseState {
  return {
    id,
    number: fact.number,
    aliases: fact.aliases,
    status: 'new',
    severity: fact.severity,
    impact: fact.impact,
    urgency: fact.urgency,
    subject: fact.subject,
    channel: fact.channel,
    customerId: fact.customerId,
    contactId: fact.contactId,
    callerName: fact.callerName,
    callbackNumber: fact.callbackNumber,
    itemId: fact.itemId,
    queueId: fact.queueId,
    assigneeId: fact.assigneeId,
    openedAt: occurredAt,
    openedBy: actorId,
    acknowledgedAt: null,
    acknowledgedBy: null,
    waiting: null,
    resolution: null,
    resolvedAt: null,
    closedAt: null,
    cycle: 1,
    reopenCount: 0,
    verified: fact.verified,
    missing: missingAtOpening(fact),
    policyId: fact.policyId,
    marks: [{ at: occurredAt, m: 'opened', severity: fact.severity, phone: fact.channel === 'phone' }],
    lastContactAt: null,
    changedAt: recordedAt,
    parentId: fact.parentId,
    source: fact.source,
    sample: fact.sample
  }
}

function missingAtOpening(fact: FactOf<'caseOpened'>): readonly MissingField[] {
  if (fact.source) return []
  const missing: MissingField[] = []
  if (!fact.contactId) missing.push('contact')
  if (!fact.itemId) missing.push('item')
  if (!fact.impact) missing.push('impact')
  if (!fact.urgency) missing.push('urgency')
  if (!fact.description) missing.push('description')
  if (fact.channel === 'phone' && !fact.verified) missing.push('verification')
  return missing
}

function missingAfter(missing: readonly MissingField[], fact: FactOf<'detailsCorrected'>): readonly MissingField[] {
  const filled: Partial<Record<MissingField, unknown>> = {
    contact: fact.contactId,
    item: fact.itemId,
    impact: fact.impact,
    urgency: fact.urgency
  }
  return missing.filter((field) => !filled[field])
}

function newest(known: Instant | null, at: Instant): Instant {
  return known === null ? at : later(known, at)
}
