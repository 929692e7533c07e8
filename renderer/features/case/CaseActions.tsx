import type { CaseState } from '#shared/domain/case/case.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import { after, HOUR } from '#shared/domain/instant.ts'
import type { Refusal } from '#shared/domain/refusal.ts'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { useRefusal } from '#renderer/store/may.ts'
import { useSettings } from '#renderer/store/settings.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useView } from '#renderer/store/view.ts'
import type { CaseForm } from '#renderer/store/view.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { useLetterKeys } from './use-letter-keys.ts'
import styles from './CaseActions.module.css'

type Action = {
  readonly name: string
  readonly key: string
  readonly refusal: Refusal | null
  readonly run: () => void
  readonly main?: boolean
  readonly pressed?: boolean
}

/** What can be done with the case as it stands. Each button asks the desk's own judgement whether it would be let through. */
export function CaseActions({ state }: { readonly state: CaseState }) {
  const letterKeys = useSettings((settings) => settings.letterKeys)
  const openForm = useView((view) => view.openForm)
  const compose = useView((view) => view.compose)
  const form = useView((view) => view.form)
  const actions = useActions(state)

  const opener = (name: CaseForm, label: string, key: string, refusal: Refusal | null): Action => ({
    name: label,
    key,
    refusal,
    run: () => openForm(form === name ? null : name),
    pressed: form === name
  })
  const shown: readonly Action[] = isOpen(state.status)
    ? [
        ...(state.acknowledgedAt === null ? [actions.acknowledge] : []),
        ...(actions.take ? [actions.take] : []),
        opener('assign', t('case.assign'), 'G', actions.assignRefusal),
        opener('severity', t('case.severity'), 'S', actions.severityRefusal),
        state.waiting ? actions.resume : opener('wait', t('case.wait'), 'W', actions.waitRefusal),
        opener('resolve', t('case.resolve'), 'R', actions.resolveRefusal),
        opener('details', t('case.details'), 'E', actions.detailsRefusal)
      ]
    : [
        ...(state.status === 'resolved' ? [opener('close', t('case.closeCase'), 'X', actions.closeRefusal)] : []),
        opener('reopen', t('case.reopen'), 'O', actions.reopenRefusal)
      ]

  useLetterKeys(
    letterKeys
      ? {
          ...Object.fromEntries(shown.filter((action) => action.refusal === null).map((action) => [action.key.toLowerCase(), action.run])),
          c: () => compose('update'),
          n: () => compose('note'),
          l: () => compose('call')
        }
      : {}
  )

  return (
    <div role="toolbar" aria-label={t('case.actions')} className={styles.bar}>
      {shown.map((action) => (
        <Button
          key={action.name}
          look={action.main ? 'main' : 'bare'}
          {...(letterKeys ? { keys: action.key } : {})}
          {...(action.pressed === undefined ? {} : { 'aria-expanded': action.pressed })}
          refusal={action.refusal && refusalWords(action.refusal)}
          onClick={action.run}
        >
          {action.name}
        </Button>
      ))}
    </div>
  )
}

function useActions(state: CaseState) {
  const submit = useSubmit()
  const { ticker } = useConsole()
  const me = useEngine((engine) => engine.me)
  const { id, number } = state
  const mine = me !== null && state.assigneeId === me.id
  const takePayload = { queueId: state.queueId, assigneeId: me?.id ?? null, expectedAssigneeId: state.assigneeId }
  const lower = state.severity === 1
  const inAnHour = after(ticker.now(), HOUR)

  const acknowledgeRefusal = useRefusal('acknowledge', id, {})
  const assignRefusal = useRefusal('assign', id, takePayload)
  const resumeRefusal = useRefusal('resume', id, {})
  const raiseRefusal = useRefusal('raiseSeverity', id, { to: 1, reason: '-' })
  const lowerRefusal = useRefusal('lowerSeverity', id, { from: state.severity, to: 5, reason: '-' })
  return {
    acknowledge: {
      name: t('case.acknowledge'),
      key: 'A',
      refusal: acknowledgeRefusal,
      main: true,
      run: () => void submit('acknowledge', id, {}, t('case.done.acknowledge', { number }))
    },
    take: mine
      ? null
      : {
          name: t('case.take'),
          key: 'M',
          refusal: assignRefusal,
          run: () => void submit('assign', id, takePayload, t('case.done.assign', { number }))
        },
    resume: {
      name: t('case.resume'),
      key: 'W',
      refusal: resumeRefusal,
      run: () => void submit('resume', id, {}, t('case.done.resume', { number }))
    },
    assignRefusal,
    severityRefusal: lower ? lowerRefusal : raiseRefusal,
    waitRefusal: useRefusal('wait', id, { on: 'customer', question: '-', until: inAnHour }),
    resolveRefusal: useRefusal('resolve', id, { code: 'fixed', text: '-' }),
    closeRefusal: useRefusal('close', id, { text: '', seenContactAt: state.lastContactAt }),
    reopenRefusal: useRefusal('reopen', id, { reason: '-' }),
    detailsRefusal: useRefusal('correctDetails', id, {
      contactId: state.contactId,
      itemId: state.itemId,
      subject: state.subject,
      impact: state.impact,
      urgency: state.urgency
    })
  }
}
