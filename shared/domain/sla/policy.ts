import { z } from 'zod'
import { ServicePlan } from '../directory/service-plan.ts'
import { Level, Severity } from '../case/severity.ts'
import { Instant } from '../instant.ts'
import { PolicyId } from '../identity.ts'
import { name } from '../text.ts'

const minutes = z.number().int().min(1).max(525_600)

const Target = z.object({
  severity: Severity,
  ackMinutes: minutes,
  responseMinutes: minutes,
  updateMinutes: minutes,
  /** Null: the contract promises no resolution time (SLA-4). */
  resolveMinutes: minutes.nullable()
})
export type Target = z.infer<typeof Target>

/**
 * One immutable version of a service-level policy (SLA-15). Everything the clocks may do differently from customer to
 * customer is data here; the rules themselves are not.
 */
export const Policy = z.object({
  id: PolicyId,
  plan: ServicePlan,
  name: name(120),
  effectiveFrom: Instant,
  /** The id of a business calendar, or 24x7, which never touches local time (SLA-5). */
  calendar: z.string().min(1).max(60),
  targets: z
    .array(Target)
    .length(5)
    .refine((targets) => differ(targets, (target) => target.severity), 'each severity needs its own target')
    .readonly(),
  matrix: z
    .array(z.object({ impact: Level, urgency: Level, severity: Severity }))
    .length(9)
    .refine((cells) => differ(cells, (cell) => `${cell.impact} ${cell.urgency}`), 'each impact and urgency needs its own severity')
    .readonly(),
  /** Severities whose UPDATE clock goes on while the case waits on the customer (SLA-3). */
  updateRunsWhileWaiting: z
    .array(Severity)
    .refine(
      (severities) => severities.toSorted((a, b) => a - b).every((severity, index) => severity === index + 1),
      'updates go on for the most severe cases first'
    )
    .readonly(),
  /** Whether waiting on a vendor pauses RESOLVE (SLA-7). */
  vendorWaitPauses: z.boolean(),
  warnAtPercent: z
    .array(z.number().int().min(1).max(100))
    .max(10)
    .refine((percents) => differ(percents, String), 'a warning comes once')
    .readonly(),
  reopenWithinDays: z.number().int().min(0).max(365)
})
export type Policy = z.infer<typeof Policy>

function differ<T>(values: readonly T[], key: (value: T) => string | number): boolean {
  return new Set(values.map((value) => key(value))).size === values.length
}
