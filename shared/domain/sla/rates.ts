import { SEVERITIES } from '../case/severity.ts'
import { MINUTE } from '../instant.ts'
import type { Policy, Target } from './policy.ts'

/** A policy version's figures by severity, in milliseconds; Infinity where the contract promises nothing. */
export type Rates = {
  readonly ACK: readonly number[]
  readonly RESPONSE: readonly number[]
  readonly UPDATE: readonly number[]
  readonly RESOLVE: readonly number[]
  readonly updateRunsWhileWaiting: readonly boolean[]
  readonly vendorWaitPauses: boolean
}

const known = new WeakMap<Policy, Rates>()

/** The figures of a policy version, worked out once per version: lists ask for them for every case at start. */
export function ratesOf(policy: Policy): Rates {
  const found = known.get(policy)
  if (found) return found
  const rates = workOut(policy)
  known.set(policy, rates)
  return rates
}

function workOut(policy: Policy): Rates {
  const bySeverity = (minutes: (target: Target) => number | null) => {
    const spans = [0, ...SEVERITIES].map(() => Infinity)
    for (const target of policy.targets) spans[target.severity] = (minutes(target) ?? Infinity) * MINUTE
    return spans
  }
  const updateRunsWhileWaiting = [0, ...SEVERITIES].map(() => false)
  for (const severity of policy.updateRunsWhileWaiting) updateRunsWhileWaiting[severity] = true
  return {
    ACK: bySeverity((target) => target.ackMinutes),
    RESPONSE: bySeverity((target) => target.responseMinutes),
    UPDATE: bySeverity((target) => target.updateMinutes),
    RESOLVE: bySeverity((target) => target.resolveMinutes),
    updateRunsWhileWaiting,
    vendorWaitPauses: policy.vendorWaitPauses
  }
}
