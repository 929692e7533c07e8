import type { Instant } from '../instant.ts'
import { later } from '../instant.ts'
import type { CaseId } from '../identity.ts'
import type { LoggedFact } from '../record.ts'
import { insertMark } from '../sla/insert-mark.ts'
import type { ClockMark } from '../sla/mark.ts'
import type { CaseState, MissingField } from './case.ts'
import type { CaseFact, FactOf } from './fact.ts'

/**
 * Folds one fact into a case. Total for every history the desk can have recorded; a first fact other than `caseOpened`, or a
 * second `caseOpened`, can only come from a bug and throws with the identifiers needed to find it.
 */
export function evolveCase(id: CaseId, state: CaseState | undefined, logged: LoggedFact<CaseFact>): CaseState {
  const { fact, occurredAt, recordedAt, actorId } = logged
  if (fact.type === 'caseOpened') {
    if (state) throw new Error(`case ${id} (${state.number}) was opened twice`)
    return opened(id, fact, logged)
  }
  if (!state) throw new Error(`case ${id} has a ${fact.type} before it was opened`)
  const next: CaseState = { ...state, changedAt: later(state.changedAt, recordedAt) }
  const mark = (added: ClockMark) => insertMark(next.marks, added)

  switch (fact.type) {
    case 'caseAcknowledged':
      return {
        ...next,
        status: state.status === 'new' ? 'inProgress' : state.status,
        acknowledgedAt: state.acknowledgedAt ?? occurredAt,
        acknowledgedBy: state.acknowledgedBy ?? actorId,
        marks: mark({ at: occurredAt, m: 'acknowledged' })
      }
    case 'readBackGiven':
      return { ...next, lastContactAt: newest(state.lastContactAt, occurredAt), marks: mark({ at: occurredAt, m: 'responded' }) }
    case 'caseAssigned':
      return { ...next, queueId: fact.queueId, assigneeId: fact.assigneeId }
    case 'noteAdded':
    case 'exportLineRecorded':
      return next
    case 'customerUpdated':
      return { ...next, lastContactAt: newest(state.lastContactAt, occurredAt), marks: mark({ at: occurredAt, m: 'updated' }) }
    case 'customerContacted':
      return { ...next, lastContactAt: newest(state.lastContactAt, occurredAt), marks: mark({ at: occurredAt, m: 'contacted' }) }
    case 'severityRaised':
    case 'severityLowered':
      return { ...next, severity: fact.to, marks: mark({ at: occurredAt, m: 'severity', severity: fact.to }) }
    case 'waitStarted':
      return {
        ...next,
        status: 'waiting',
        waiting: { on: fact.on, since: occurredAt, until: fact.until, question: fact.question },
        marks: mark({ at: occurredAt, m: 'waited', on: fact.on, until: fact.until })
      }
    case 'waitEnded':
      return {
        ...next,
        status: state.acknowledgedAt === null ? 'new' : 'inProgress',
        waiting: null,
        marks: mark({ at: occurredAt, m: 'resumed' })
      }
    case 'caseResolved':
      return {
        ...next,
        status: 'resolved',
        waiting: null,
        resolution: fact.code,
        resolvedAt: occurredAt,
        marks: mark({ at: occurredAt, m: 'resolved' })
      }
    case 'caseClosed':
      return { ...next, status: 'closed', waiting: null, closedAt: occurredAt, marks: mark({ at: occurredAt, m: 'closed' }) }
    case 'caseReopened':
      return {
        ...next,
        status: 'inProgress',
        resolution: null,
        resolvedAt: null,
        closedAt: null,
        cycle: fact.cycle,
        reopenCount: state.reopenCount + 1,
        marks: mark({ at: occurredAt, m: 'reopened' })
      }
    case 'caseReturned':
      return returned(next, fact, occurredAt)
    case 'detailsCorrected': {
      const { contactId, itemId, subject, impact, urgency } = fact
      return { ...next, contactId, itemId, subject, impact, urgency, missing: missingAfter(state.missing, fact) }
    }
  }
}

/** A case that comes back to life starts a cycle like any re-opened one (SLA-9), but the count of re-openings is the exporting system's own and stays. */
function returned(next: CaseState, { to, cycle }: FactOf<'caseReturned'>, at: Instant): CaseState {
  if (to === 'resolved') return { ...next, status: to, closedAt: null }
  const ended = next.status === 'resolved' || next.status === 'closed'
  if (!ended) return { ...next, status: to }
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
