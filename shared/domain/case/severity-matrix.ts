import type { Policy } from '../sla/policy.ts'
import type { Level, Severity } from './severity.ts'
import { DEFAULT_SEVERITY } from './severity.ts'

/** The severity that a policy suggests for impact x urgency; while one of them is not known, the default. A person chooses. */
export function suggestSeverity(policy: Pick<Policy, 'matrix'>, impact: Level | null, urgency: Level | null): Severity {
  return policy.matrix.find((cell) => cell.impact === impact && cell.urgency === urgency)?.severity ?? DEFAULT_SEVERITY
}
