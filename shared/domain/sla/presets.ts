import type { ServicePlan } from '../directory/service-plan.ts'
import type { Level, Severity } from '../case/severity.ts'
import { Instant } from '../instant.ts'
import { PolicyId } from '../identity.ts'
import type { Policy, Target } from './policy.ts'

/** Where a figure comes from: the plan's own service document, or the desk's default because that document gives none. */
type FigureSource = 'document' | 'deskDefault'
export type PolicySources = {
  readonly acknowledgement: FigureSource
  readonly response: FigureSource
  readonly update: FigureSource
  readonly matrix: FigureSource
}

/**
 * "15-minute response time" and so on are the managed-os document's figures, as is the acknowledgement of every case within 15 minutes. Of updates
 * it says only "at set intervals as determined by the Severity Level"; the intervals are the desk's.
 */
const TARGETS: readonly Target[] = [
  { severity: 1, ackMinutes: 15, responseMinutes: 15, updateMinutes: 30, resolveMinutes: null },
  { severity: 2, ackMinutes: 15, responseMinutes: 30, updateMinutes: 60, resolveMinutes: null },
  { severity: 3, ackMinutes: 15, responseMinutes: 60, updateMinutes: 240, resolveMinutes: null },
  { severity: 4, ackMinutes: 15, responseMinutes: 240, updateMinutes: 1_440, resolveMinutes: null },
  { severity: 5, ackMinutes: 15, responseMinutes: 1_440, updateMinutes: 4_320, resolveMinutes: null }
]

const MATRIX: { readonly [I in Level]: { readonly [U in Level]: Severity } } = {
  high: { high: 1, medium: 2, low: 3 },
  medium: { high: 2, medium: 3, low: 4 },
  low: { high: 3, medium: 4, low: 5 }
}

const LEVELS: readonly Level[] = ['high', 'medium', 'low']

function preset(plan: ServicePlan, name: string): Policy {
  return {
    id: PolicyId.parse(`${plan}/1`),
    plan,
    name,
    effectiveFrom: Instant.parse(0),
    calendar: '24x7',
    targets: TARGETS,
    matrix: LEVELS.flatMap((impact) => LEVELS.map((urgency) => ({ impact, urgency, severity: MATRIX[impact][urgency] }))),
    updateRunsWhileWaiting: [1, 2],
    vendorWaitPauses: false,
    warnAtPercent: [50, 75, 90, 100],
    reopenWithinDays: 7
  }
}

/** The policies that a new desk starts with. */
export const PRESETS: { readonly [P in ServicePlan]: Policy } = {
  'managed-os': preset('managed-os', 'Managed Operating Systems'),
  'ims-foundation': preset('ims-foundation', 'Infrastructure Management Foundation (desk default targets)'),
  'ims-premier': preset('ims-premier', 'Infrastructure Management Premier (desk default targets)')
}

/** What of each preset its service document says itself. The infrastructure management guide names 24x7 service and gives no figure at all. */
export const PRESET_SOURCES: { readonly [P in ServicePlan]: PolicySources } = {
  'managed-os': { acknowledgement: 'document', response: 'document', update: 'deskDefault', matrix: 'deskDefault' },
  'ims-foundation': { acknowledgement: 'deskDefault', response: 'deskDefault', update: 'deskDefault', matrix: 'deskDefault' },
  'ims-premier': { acknowledgement: 'deskDefault', response: 'deskDefault', update: 'deskDefault', matrix: 'deskDefault' }
}
