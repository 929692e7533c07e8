import { z } from 'zod'

/** 1 Critical, 2 High, 3 Normal, 4 Low, 5 Informational. A smaller number is more severe. */
export const Severity = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
export type Severity = z.infer<typeof Severity>

export const SEVERITIES: readonly Severity[] = [1, 2, 3, 4, 5]

/** What a case gets when nobody chose (service description, "Response Time"). */
export const DEFAULT_SEVERITY: Severity = 3

export const Level = z.enum(['high', 'medium', 'low'])
export type Level = z.infer<typeof Level>

/** True when `a` is more severe than `b`. */
export function isMoreSevere(a: Severity, b: Severity): boolean {
  return a < b
}
