import { z } from 'zod'
import { CaseId } from '#shared/domain/identity.ts'
import type { LoggedFact } from '#shared/domain/record.ts'

/** The history of cases, for the case view and for offline work: asked for the cases somebody opened and, in the background, for every open case. */
export const TimelineRequest = z.object({ caseIds: z.array(CaseId).min(1).max(200) })
export type TimelineRequest = z.infer<typeof TimelineRequest>

export type TimelineEntry = { readonly revision: number; readonly version: number; readonly facts: readonly LoggedFact[] }
export type Timeline = { readonly caseId: string; readonly version: number; readonly entries: readonly TimelineEntry[] }
export type TimelineReply = { readonly timelines: readonly Timeline[] }
