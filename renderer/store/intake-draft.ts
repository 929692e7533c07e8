import { useCallback } from 'react'
import { z } from 'zod'
import { ContactId, CustomerId, ItemId, QueueId } from '#shared/domain/identity.ts'
import { Level, Severity } from '#shared/domain/case/severity.ts'
import type { Draft, EngineClient } from '#renderer/sync/engine-api.ts'
import { useConsole } from './console.tsx'
import type { ConsoleParts } from './console.tsx'
import type { Drafts } from './drafts.ts'
import { newId } from './new-id.ts'
import { useNotices } from './notices.ts'
import { useView } from './view.ts'

/** What a half-written case holds. Drafts come from disk and from earlier versions, so each field falls back to empty by itself. */
export const IntakeFields = z.object({
  caseId: z.string().catch(''),
  number: z.string().nullable().catch(null),
  provisional: z.boolean().catch(false),
  /** When it rang or the first key was pressed; null until then. */
  startedAt: z.number().nullable().catch(null),
  callerNumber: z.string().catch(''),
  callerName: z.string().catch(''),
  customerText: z.string().catch(''),
  customerId: CustomerId.nullable().catch(null),
  contactText: z.string().catch(''),
  contactId: ContactId.nullable().catch(null),
  itemText: z.string().catch(''),
  itemId: ItemId.nullable().catch(null),
  subject: z.string().catch(''),
  impact: Level.nullable().catch(null),
  urgency: Level.nullable().catch(null),
  /** Null while nobody chose: then what impact and urgency suggest, or the preset, counts. */
  severity: Severity.nullable().catch(null),
  callbackNumber: z.string().catch(''),
  notes: z.string().catch(''),
  owner: z.enum(['me', 'queue']).catch('me'),
  queueId: QueueId.nullable().catch(null),
  nextStep: z.string().nullable().catch(null),
  readBackAt: z.number().nullable().catch(null),
  steps: z.array(z.object({ field: z.string(), at: z.number() })).catch([])
})
export type IntakeFields = z.infer<typeof IntakeFields>

export function intakeOf(draft: Draft): IntakeFields {
  return IntakeFields.parse(draft.body)
}

/** Nothing was typed yet: the draft, and its number, serve the next call. */
export function isUntouched(fields: IntakeFields): boolean {
  const { callerNumber, callerName, customerText, contactText, itemText, subject, callbackNumber, notes, impact, urgency, severity } =
    fields
  return (
    [callerNumber, callerName, customerText, contactText, itemText, subject, callbackNumber, notes].every((text) => text === '') &&
    !impact &&
    !urgency &&
    !severity
  )
}

/** Puts a blank intake on screen: an untouched draft if there is one, else a new one with a case number of its own. */
export function useStartIntake(): (known?: Partial<IntakeFields>) => void {
  const parts = useConsole()
  const showIntake = useView((view) => view.showIntake)
  const say = useNotices((notices) => notices.say)
  return useCallback(
    (known = {}) => {
      const id = blankDraft(parts)
      parts.drafts.edit(id, 'intake', null, known)
      showIntake(id)
      ensureNumber(parts.client, parts.drafts, id).catch((error: unknown) =>
        say('problem', error instanceof Error ? error.message : String(error))
      )
    },
    [parts, showIntake, say]
  )
}

function blankDraft({ drafts, client }: ConsoleParts): string {
  for (const draft of drafts.getState().byId.values()) if (draft.kind === 'intake' && isUntouched(intakeOf(draft))) return draft.id
  const caseId = newId(client.now())
  const id = `intake:${caseId}`
  drafts.edit(id, 'intake', null, { caseId })
  return id
}

const asked = new Set<string>()

/** Takes a number once for each draft; a number that was taken is never given to another. */
async function ensureNumber(client: EngineClient, drafts: Drafts, id: string): Promise<void> {
  const draft = drafts.getState().byId.get(id)
  if (!draft || intakeOf(draft).number !== null || asked.has(id)) return
  asked.add(id)
  try {
    const { number, provisional } = await client.takeNumber()
    drafts.edit(id, 'intake', null, { number, provisional })
  } finally {
    asked.delete(id)
  }
}
