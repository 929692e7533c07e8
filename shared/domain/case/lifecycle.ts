import type { Refused } from '../decision.ts'
import { refuse } from '../decision.ts'
import type { Instant } from '../instant.ts'
import type { RefusalCode } from '../refusal.ts'
import type { CaseState, CaseStatus } from './case.ts'
import { isOpen } from './case.ts'

/** The commands that work on a case that exists. */
export type Move =
  | 'acknowledge'
  | 'assign'
  | 'note'
  | 'updateCustomer'
  | 'recordContact'
  | 'readBack'
  | 'raiseSeverity'
  | 'lowerSeverity'
  | 'wait'
  | 'resume'
  | 'resolve'
  | 'close'
  | 'reopen'
  | 'correctDetails'

/** From each status: the statuses that a move may lead to, or the refusal that it meets. A move or status that is missing does not compile. */
export const LIFECYCLE = {
  new: {
    acknowledge: ['inProgress'],
    assign: ['new'],
    note: ['new'],
    updateCustomer: ['inProgress'],
    recordContact: ['new'],
    readBack: ['new'],
    raiseSeverity: ['new'],
    lowerSeverity: ['new'],
    wait: ['waiting'],
    resume: 'caseNotWaiting',
    resolve: ['resolved'],
    close: 'caseNotResolved',
    reopen: 'caseOpenAlready',
    correctDetails: ['new']
  },
  inProgress: {
    acknowledge: ['inProgress'],
    assign: ['inProgress'],
    note: ['inProgress'],
    updateCustomer: ['inProgress'],
    recordContact: ['inProgress'],
    readBack: ['inProgress'],
    raiseSeverity: ['inProgress'],
    lowerSeverity: ['inProgress'],
    wait: ['waiting'],
    resume: 'caseNotWaiting',
    resolve: ['resolved'],
    close: 'caseNotResolved',
    reopen: 'caseOpenAlready',
    correctDetails: ['inProgress']
  },
  waiting: {
    acknowledge: ['waiting'],
    assign: ['waiting'],
    note: ['waiting'],
    updateCustomer: ['waiting'],
    recordContact: ['waiting', 'new', 'inProgress'],
    readBack: ['waiting'],
    raiseSeverity: ['waiting'],
    lowerSeverity: ['waiting'],
    wait: ['waiting'],
    resume: ['new', 'inProgress', 'waiting'],
    resolve: ['resolved'],
    close: 'caseNotResolved',
    reopen: 'caseOpenAlready',
    correctDetails: ['waiting']
  },
  resolved: {
    acknowledge: 'caseResolved',
    assign: 'caseResolved',
    note: ['resolved'],
    updateCustomer: ['resolved'],
    recordContact: ['resolved'],
    readBack: ['resolved'],
    raiseSeverity: 'caseResolved',
    lowerSeverity: 'caseResolved',
    wait: 'caseResolved',
    resume: 'caseResolved',
    resolve: 'caseResolved',
    close: ['closed'],
    reopen: ['inProgress'],
    correctDetails: ['resolved']
  },
  closed: {
    acknowledge: 'caseClosed',
    assign: 'caseClosed',
    note: ['closed'],
    updateCustomer: 'caseClosed',
    recordContact: 'caseClosed',
    readBack: 'caseClosed',
    raiseSeverity: 'caseClosed',
    lowerSeverity: 'caseClosed',
    wait: 'caseClosed',
    resume: 'caseClosed',
    resolve: 'caseClosed',
    close: ['closed'],
    reopen: ['inProgress'],
    correctDetails: 'caseClosed'
  }
} as const satisfies { readonly [S in CaseStatus]: { readonly [M in Move]: readonly CaseStatus[] | RefusalCode } }

export type Admitted = { readonly accepted: true; readonly state: CaseState } | Refused

/** The case when its status admits the move, otherwise the refusal that says why not: what a button is disabled by and what the server asks. */
export function admit(state: CaseState | undefined, move: Move): Admitted {
  if (!state) return refuse('recordNotFound')
  const next: readonly CaseStatus[] | RefusalCode = LIFECYCLE[state.status][move]
  if (typeof next !== 'string') return { accepted: true, state }
  return refuse(next, { number: state.number, status: state.status, at: state.closedAt ?? state.resolvedAt })
}

/**
 * Like `admit`, for what is a fact rather than a wish (an acknowledgement, a word to or from the customer): what happened before the case
 * was ended is recorded although it arrives afterwards (SLA-11).
 */
export function admitFact(state: CaseState | undefined, move: Move, occurredAt: Instant): Admitted {
  const admitted = admit(state, move)
  if (admitted.accepted || !state || isOpen(state.status)) return admitted
  const ended = admitted.refusal.code === 'caseClosed' && move !== 'acknowledge' ? state.closedAt : (state.resolvedAt ?? state.closedAt)
  return ended !== null && occurredAt < ended ? { accepted: true, state } : admitted
}
