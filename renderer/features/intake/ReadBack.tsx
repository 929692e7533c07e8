import { useCallback, useEffect, useRef } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import { MINUTE } from '#shared/domain/instant.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useSubmit } from '#renderer/store/submit.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { TextArea } from '#renderer/ui/TextInput.tsx'
import { timeOf, whenOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import { nextStepOf, nextUpdateOf, spoken } from './read-back-words.ts'
import type { Intake } from './use-intake.ts'
import type { SavedIntake } from './use-save-intake.ts'
import styles from './ReadBack.module.css'

type Props = { readonly intake: Intake; readonly saved: SavedIntake | null; readonly draftId: string; readonly onDone: () => void }

/** The sentence the agent reads out, and the tick that records it. Before the save the tick travels with the case, after it on its own. */
export function ReadBack({ intake, saved, onDone }: Props) {
  const { ticker } = useConsole()
  const submit = useSubmit()
  const showIntake = useView((view) => view.showIntake)
  const openCase = useView((view) => view.openCase)
  const tick = useRef<HTMLButtonElement>(null)
  const { fields, edit, severity, policy, queueId } = intake
  const queue = useBoard((board) => (queueId ? (board.queues.get(queueId)?.name ?? '') : ''))
  const minute = useTicking(useCallback((now: Instant) => Math.floor(now / MINUTE) * MINUTE, [])) as Instant
  const at = policy ? nextUpdateOf(policy, severity, (fields.readBackAt as Instant | null) ?? minute) : null
  const next = nextStepOf(fields, queue)
  const number = spoken(saved?.number ?? fields.number ?? '')

  useEffect(() => tick.current?.focus(), [saved])

  const leave = () => {
    if (!saved) return onDone()
    showIntake(null)
    openCase(saved.caseId)
  }
  const confirm = async () => {
    if (!saved) {
      edit({ readBackAt: fields.readBackAt === null ? ticker.now() : null })
      return
    }
    const answer = await submit('readBack', saved.caseId, {
      nextStep: next,
      nextUpdateAt: policy ? nextUpdateOf(policy, severity, ticker.now()) : null
    })
    if (answer?.accepted) leave()
  }

  return (
    <section className={styles.sheet} aria-label={t('intake.readBack.title')}>
      <h2 className={styles.title}>{saved ? t('intake.readBack.after') : t('intake.readBack.title')}</h2>
      <p className={styles.sentence}>
        {at === null
          ? t('intake.readBack.sentenceNoTime', { number, severity, name: t(`severity.${severity}`), next })
          : t('intake.readBack.sentence', { number, severity, name: t(`severity.${severity}`), next, at: whenOf(at, minute) })}
      </p>
      {!saved && (
        <Field label={t('intake.readBack.next')}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={fields.nextStep ?? ''}
              placeholder={nextStepOf({ nextStep: null }, queue)}
              onChange={(event) => edit({ nextStep: event.target.value })}
            />
          )}
        </Field>
      )}
      <div className={styles.foot}>
        <Button
          ref={tick}
          look={fields.readBackAt === null ? 'main' : 'plain'}
          aria-pressed={fields.readBackAt !== null}
          onClick={() => void confirm()}
          keys="Enter"
        >
          {fields.readBackAt === null
            ? t('intake.readBack.tick')
            : t('intake.readBack.ticked', { at: timeOf(fields.readBackAt as Instant) })}
        </Button>
        <Button look="bare" onClick={leave}>
          {saved ? t('intake.readBack.skip') : t('form.cancel')}
        </Button>
      </div>
    </section>
  )
}
