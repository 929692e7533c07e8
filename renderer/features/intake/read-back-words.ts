import type { Severity } from '#shared/domain/case/severity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import { nextUpdateAt } from '#shared/domain/sla/what-if.ts'
import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import { t } from '#renderer/strings/t.ts'

/** What the caller is told happens next: the agent's own words, or the team that has it. */
export function nextStepOf(fields: Pick<IntakeFields, 'nextStep'>, queue: string): string {
  return fields.nextStep?.trim() || t('intake.readBack.nextDefault', { queue })
}

/** When the caller hears from the desk again if the read-back is given at `at`. */
export function nextUpdateOf(policy: Policy, severity: Severity, at: Instant): Instant {
  return nextUpdateAt(policy, severity, at)
}

/** `C-10 42 31`: digits in pairs from the right, as they are best read out and written down. */
export function spoken(number: string): string {
  const [prefix = '', digits = ''] = number.split('-')
  if (prefix !== 'C') return number
  const odd = digits.length % 2
  return `${prefix}-${[digits.slice(0, odd), ...(digits.slice(odd).match(/../g) ?? [])].filter(Boolean).join(' ')}`
}
