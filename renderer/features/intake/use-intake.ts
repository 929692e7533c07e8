import { useCallback, useMemo } from 'react'
import { suggestSeverity } from '#shared/domain/case/severity-matrix.ts'
import { DEFAULT_SEVERITY } from '#shared/domain/case/severity.ts'
import type { Severity } from '#shared/domain/case/severity.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import { useBoard, useConsole, useDraft, useEngine } from '#renderer/store/console.tsx'
import { IntakeFields } from '#renderer/store/intake-draft.ts'
import { localDirectory } from '#renderer/store/local-directory.ts'
import type { FieldName } from './fields.ts'

export type Intake = {
  readonly fields: IntakeFields
  readonly edit: (patch: Partial<IntakeFields>) => void
  /** Notes when a field was done, for the step times. */
  readonly leave: (field: FieldName) => void
  readonly severity: Severity
  readonly severityFrom: 'chosen' | 'suggested' | 'preset'
  readonly policy: Policy | undefined
  readonly queueId: Queue['id'] | null
  readonly isFilled: (field: FieldName) => boolean
}

/** The half-written case of a draft and what follows from it: severity, queue, policy. */
export function useIntake(draftId: string): Intake {
  const { drafts, client, board } = useConsole()
  const draft = useDraft(draftId)
  const me = useEngine((state) => state.me)
  useBoard((state) => state.directoryVersion)
  const fields = useMemo(() => IntakeFields.parse(draft?.body ?? {}), [draft])

  const edit = useCallback(
    (patch: Partial<IntakeFields>) => {
      const known = drafts.getState().byId.get(draftId)
      const started = typeof known?.body['startedAt'] === 'number'
      drafts.edit(draftId, 'intake', null, { ...(started ? {} : { startedAt: client.now() }), ...patch })
    },
    [drafts, draftId, client]
  )

  const leave = useCallback(
    (field: FieldName) => {
      const known = drafts.getState().byId.get(draftId)
      if (!known) return
      const { steps, startedAt, ...values } = IntakeFields.parse(known.body)
      if (startedAt === null || steps.length >= 60 || steps.some((step) => step.field === field) || !filled(values, field)) return
      drafts.edit(draftId, 'intake', null, { steps: [...steps, { field, at: elapsedOf(startedAt, client.now()) }] })
    },
    [drafts, draftId, client]
  )

  const state = board.getState()
  const customer = fields.customerId ? state.customers.get(fields.customerId) : undefined
  const policy = localDirectory(state).policyFor(customer?.plan ?? 'managed-os', client.now())
  const suggested = policy && fields.impact && fields.urgency ? suggestSeverity(policy, fields.impact, fields.urgency) : null
  return {
    fields,
    edit,
    leave,
    severity: fields.severity ?? suggested ?? DEFAULT_SEVERITY,
    severityFrom: fields.severity ? 'chosen' : suggested ? 'suggested' : 'preset',
    policy,
    queueId: fields.queueId ?? homeQueue(me, [...state.queues.values()]),
    isFilled: (field) => filled(fields, field)
  }
}

/** How long the call has been going on: since the ring, or the first key. Server time that was measured anew may lie before that. */
export function elapsedOf(startedAt: number | null, now: Instant): number {
  return startedAt === null ? 0 : Math.max(0, now - startedAt)
}

/** Cases go to the agent's own first queue unless they say otherwise. */
function homeQueue(me: Person | null, queues: readonly Queue[]): Queue['id'] | null {
  const open = queues.filter((queue) => queue.active).toSorted((a, b) => a.order - b.order)
  return (open.find((queue) => me?.queueIds.includes(queue.id)) ?? open[0])?.id ?? null
}

function filled(fields: Omit<IntakeFields, 'steps' | 'startedAt'>, field: FieldName): boolean {
  switch (field) {
    case 'callerNumber':
    case 'callerName':
    case 'subject':
    case 'notes':
      return fields[field].trim() !== ''
    case 'customer':
      return fields.customerId !== null
    case 'contact':
      return fields.contactId !== null
    case 'item':
      return fields.itemId !== null
    case 'impact':
    case 'urgency':
    case 'severity':
      return fields[field] !== null
    case 'callback':
      return fields.callbackNumber.trim() !== ''
    case 'owner':
    case 'queue':
      return true
  }
}
