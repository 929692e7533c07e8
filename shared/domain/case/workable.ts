import { refuse } from '../decision.ts'
import type { Refused } from '../decision.ts'
import type { CaseState } from './case.ts'

type Found = { readonly accepted: true; readonly state: CaseState } | Refused

/** The case when it exists and is open; otherwise the refusal that says why it cannot be worked on. */
export function workable(state: CaseState | undefined): Found {
  if (!state) return refuse('recordNotFound')
  if (state.status === 'closed') return refuse('caseClosed', { number: state.number, at: state.closedAt })
  if (state.status === 'resolved') return refuse('caseResolved', { number: state.number, at: state.resolvedAt })
  return { accepted: true, state }
}

/** The case when it exists and is not closed: notes and contacts still reach a resolved case. */
export function reachable(state: CaseState | undefined): Found {
  if (!state) return refuse('recordNotFound')
  if (state.status === 'closed') return refuse('caseClosed', { number: state.number, at: state.closedAt })
  return { accepted: true, state }
}
