import type { Instant } from '#shared/domain/instant.ts'
import type { ClockReading } from '#shared/domain/sla/clock.ts'
import type { DueExplanation, ExplainedStep } from '#shared/domain/sla/explain.ts'
import { t } from '#renderer/strings/t.ts'
import { durationOf, whenOf } from '#renderer/ui/time-words.ts'

/** Why a promise is due when it is: target, start, what moved it, which policy. */
export function explanationWords(promise: DueExplanation, now: Instant): string {
  const parts = [
    `${t('explain.target', { target: durationOf(promise.targetMilliseconds), severity: promise.severity })} ${t(`explain.because.${promise.startedBy}`, { at: whenOf(promise.startedAt, now) })}`,
    ...promise.steps.map((step) => stepWords(step, now)),
    promise.calendar === '24x7'
      ? t('explain.policy', { policy: promise.policyId })
      : t('explain.calendar', { calendar: promise.calendar, policy: promise.policyId })
  ]
  return parts.join('; ')
}

/** How an ended promise ended. */
export function readingWords(reading: ClockReading, now: Instant): string {
  switch (reading.state) {
    case 'met':
    case 'ended':
    case 'merged':
      return t(`clock.state.${reading.state}`, { at: whenOf(reading.endedAt, now) })
    case 'breached':
      return reading.endedAt === null
        ? t('clock.state.breached', { at: whenOf(reading.breachedAt, now) })
        : t('clock.state.breachedMet', { at: whenOf(reading.breachedAt, now), end: whenOf(reading.endedAt, now) })
    case 'running':
      return reading.dueAt === null ? t('clock.state.pausedOpen') : t('clock.state.running', { at: whenOf(reading.dueAt, now) })
    case 'paused':
      return reading.until === null ? t('clock.state.pausedOpen') : t('clock.state.paused', { at: whenOf(reading.until, now) })
  }
}

function stepWords(step: ExplainedStep, now: Instant): string {
  switch (step.step) {
    case 'raised':
    case 'lowered':
      return t(`explain.${step.step}`, { from: step.from, to: step.to, at: whenOf(step.at, now) })
    case 'paused':
      return step.to === null
        ? t('explain.pausedOpen', { from: whenOf(step.at, now), on: t(`waitingOn.${step.on}`) })
        : t('explain.pausedFor', { from: whenOf(step.at, now), to: whenOf(step.to, now), on: t(`waitingOn.${step.on}`) })
  }
}
