import { useCallback, useState } from 'react'
import { CaseId } from '#shared/domain/identity.ts'
import type { PayloadOf } from '#shared/domain/desk.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { useNotices } from '#renderer/store/notices.ts'
import { useSettings } from '#renderer/store/settings.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { e164Of } from '#renderer/store/phone.ts'
import { nextUpdateOf, nextStepOf } from './read-back-words.ts'
import type { Intake } from './use-intake.ts'

/** What the case cannot be saved without. */
export type Needed = 'customerId' | 'subject' | 'callbackNumber'

/** `intake` as it was saved: the draft is gone by then, and what is read to the caller must be what the case says. */
export type SavedIntake = { readonly caseId: CaseId; readonly number: string; readonly intake: Intake }

/**
 * Saves the draft as a case. When the read-back was ticked before, the case opens at once; otherwise the sheet stays on screen
 * until it is ticked or passed over. `problems` is what was missing at the last try.
 */
export function useSaveIntake(draftId: string, intake: Intake) {
  const { board, drafts } = useConsole()
  const me = useEngine((state) => state.me)
  const country = useSettings((settings) => settings.country)
  const submit = useSubmit()
  const say = useNotices((notices) => notices.say)
  const showIntake = useView((view) => view.showIntake)
  const openCase = useView((view) => view.openCase)
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState<SavedIntake | null>(null)
  const { fields, severity, policy, queueId } = intake
  const needed = neededIn(fields)

  const save = useCallback(async () => {
    if (saved) return
    setTried(true)
    if (needed.length > 0 || !queueId || !fields.customerId || fields.number === null) {
      if (needed.length > 0)
        say('problem', t('intake.saveBlocked', { fields: needed.map((field) => t(`intake.need.${field}`)).join(', ') }))
      return
    }
    const queue = board.getState().queues.get(queueId)?.name ?? ''
    const payload: PayloadOf<'open'> = {
      number: fields.number,
      channel: 'phone',
      customerId: fields.customerId,
      contactId: fields.contactId,
      callerName: fields.callerName.trim(),
      callbackNumber: e164Of(fields.callbackNumber, country) ?? fields.callbackNumber.trim(),
      itemId: fields.itemId,
      subject: fields.subject.trim(),
      description: fields.notes.trim(),
      impact: fields.impact,
      urgency: fields.urgency,
      severity,
      queueId,
      assigneeId: fields.owner === 'me' ? (me?.id ?? null) : null,
      verified: false,
      readBack:
        fields.readBackAt === null
          ? null
          : {
              nextStep: nextStepOf(fields, queue),
              nextUpdateAt: policy ? nextUpdateOf(policy, severity, fields.readBackAt as Instant) : null
            },
      steps: fields.steps
    }
    const caseId = CaseId.parse(fields.caseId)
    const answer = await submit('open', caseId, payload, t('intake.saved', { number: fields.number }))
    if (!answer?.accepted) return
    if (fields.readBackAt === null) {
      setSaved({ caseId, number: fields.number, intake })
    } else {
      showIntake(null)
      openCase(caseId)
    }
    drafts.drop(draftId)
  }, [saved, needed, queueId, fields, intake, board, country, severity, me, policy, submit, say, drafts, draftId, showIntake, openCase])

  return { save, saved, problems: tried && !saved ? needed : [] }
}

function neededIn(fields: IntakeFields): readonly Needed[] {
  const needed: Needed[] = []
  if (fields.customerId === null) needed.push('customerId')
  if (fields.subject.trim() === '') needed.push('subject')
  if (fields.callbackNumber.trim() === '') needed.push('callbackNumber')
  return needed
}
