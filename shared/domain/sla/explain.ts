import type { Severity } from '../case/severity.ts'
import type { Instant } from '../instant.ts'
import type { PolicyId } from '../identity.ts'
import type { ClockKind } from './clock.ts'
import { projectedDue } from './clocks.ts'
import type { Hours } from './hours.ts'
import { AROUND_THE_CLOCK } from './hours.ts'
import type { ClockMark } from './mark.ts'
import type { Slot, StartedBy, Step } from './play.ts'
import { play } from './play.ts'
import type { Policy } from './policy.ts'
import { ratesOf } from './rates.ts'

export type ExplainedStep =
  /** The severity changed; `dueAt` is what the change made of the due instant. */
  | { readonly step: 'raised' | 'lowered'; readonly at: Instant; readonly from: Severity; readonly to: Severity; readonly dueAt: Instant }
  /** The clock was held from `at` to `to`; both null fields mean that nobody said until when. `dueAt` is the due instant with this pause counted. */
  | {
      readonly step: 'paused'
      readonly at: Instant
      readonly to: Instant | null
      readonly on: 'customer' | 'vendor' | 'problem' | 'evidence'
      readonly dueAt: Instant | null
    }

/** Why a promise is due when it is, as data; the sentence is the renderer's. */
export type DueExplanation = {
  readonly kind: ClockKind
  readonly cycle: number
  readonly round: number
  readonly startedAt: Instant
  readonly startedBy: StartedBy
  /** The severity whose target applied when it started, and that target. */
  readonly severity: Severity
  readonly targetMilliseconds: number
  readonly dueAtFirst: Instant
  readonly steps: readonly ExplainedStep[]
  readonly dueAt: Instant | null
  readonly policyId: PolicyId
  readonly calendar: string
}

/** Explains the due instant of every promise that is not yet kept, in the order ACK, RESPONSE, UPDATE, RESOLVE. */
export function explainDue(marks: readonly ClockMark[], policy: Policy, hours: Hours = AROUND_THE_CLOCK): readonly DueExplanation[] {
  const run = play(marks, policy, hours, null, true)
  return run.slots
    .filter((clock) => clock.on)
    .map((clock) => {
      const dueAt = projectedDue(run, clock)
      const severity = firstSeverity(clock)
      const targetMilliseconds = ratesOf(policy)[clock.kind][severity] ?? Infinity
      const stated = (instant: number) => (instant === Infinity ? null : (instant as Instant))
      return {
        kind: clock.kind,
        cycle: clock.cycle,
        round: clock.round,
        startedAt: clock.startedAt as Instant,
        startedBy: clock.startedBy,
        severity,
        targetMilliseconds,
        dueAtFirst: hours.add(clock.startedAt, targetMilliseconds) as Instant,
        steps: told(clock.steps ?? [], stated(run.waitUntil), stated(dueAt)),
        dueAt: stated(dueAt),
        policyId: policy.id,
        calendar: policy.calendar
      }
    })
}

function firstSeverity(clock: Slot): Severity {
  const change = clock.steps?.find((step) => step.step === 'raised' || step.step === 'lowered')
  return change && 'from' in change ? change.from : clock.severity
}

function told(steps: readonly Step[], waitUntil: Instant | null, dueAt: Instant | null): readonly ExplainedStep[] {
  const told: ExplainedStep[] = []
  let pause: { readonly at: Instant; readonly on: 'customer' | 'vendor' | 'problem' | 'evidence' } | null = null
  for (const step of steps) {
    if (step.step === 'paused') pause = { at: step.at as Instant, on: step.on }
    else if (step.step === 'resumed') {
      if (pause && step.at > pause.at)
        told.push({ step: 'paused', at: pause.at, to: step.at as Instant, on: pause.on, dueAt: step.dueAt as Instant })
      pause = null
    } else told.push({ step: step.step, at: step.at as Instant, from: step.from, to: step.to, dueAt: step.dueAt as Instant })
  }
  if (pause) told.push({ step: 'paused', at: pause.at, to: waitUntil, on: pause.on, dueAt })
  return told
}
