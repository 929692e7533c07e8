import { useState } from 'react'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { WaitingOn } from '#shared/domain/case/fact.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { after, HOUR } from '#shared/domain/instant.ts'
import { useConsole } from '#renderer/store/console.tsx'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { fromLocalDateTime, toLocalDateTime, tomorrowAtNine } from '#renderer/ui/local-date-time.ts'
import { TextArea, TextInput } from '#renderer/ui/TextInput.tsx'
import { durationOf, whenOf } from '#renderer/ui/time-words.ts'
import { FormFrame } from './FormFrame.tsx'
import styles from './FormFrame.module.css'

const Fields = z.object({ on: WaitingOn.catch('customer'), question: z.string().catch(''), until: z.string().nullable().catch(null) })

/** Puts the case on hold: on whom, what was asked, until when. */
export function WaitForm({ state }: { readonly state: CaseState }) {
  const { ticker } = useConsole()
  const submit = useSubmit()
  const [openedAt] = useState(() => ticker.now())
  const { fields, edit, drop } = useDraftFields(`wait:${state.id}`, 'other', state.id, Fields)
  const untilText = fields.until ?? toLocalDateTime(after(openedAt, 4 * HOUR))
  const until = fromLocalDateTime(untilText)
  const payload = { on: fields.on, question: fields.question, until }
  const refusal = useRefusal('wait', state.id, payload)
  const set = (instant: Instant) => edit({ until: toLocalDateTime(instant) })

  return (
    <FormFrame
      title={t('form.wait.title')}
      submit={t('form.wait.submit')}
      problem={refusal && refusalWords(refusal)}
      onSubmit={async () => {
        const answer = await submit(
          'wait',
          state.id,
          payload,
          t('case.done.wait', { number: state.number, until: until === null ? '' : whenOf(until, ticker.now()) })
        )
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Choice
        label={t('form.wait.on')}
        value={fields.on}
        onChange={(on) => edit({ on })}
        options={WaitingOn.options.map((on) => ({ value: on, label: t(`waitingOn.${on}`), keys: [on.charAt(0)] }))}
      />
      <Field label={t('form.wait.question')} required>
        {(ids) => <TextArea {...ids} rows={2} value={fields.question} onChange={(event) => edit({ question: event.target.value })} />}
      </Field>
      <div className={styles.row}>
        <Field
          label={t('form.wait.until')}
          required
          hint={until === null || until <= openedAt ? undefined : t('form.wait.fromNow', { duration: durationOf(until - openedAt) })}
        >
          {(ids) => (
            <TextInput {...ids} type="datetime-local" value={untilText} onChange={(event) => edit({ until: event.target.value })} />
          )}
        </Field>
        <div className={`${styles.row} ${styles.fixed}`}>
          <Button onClick={() => set(after(ticker.now(), HOUR))}>{t('form.wait.inHours', { count: 1 })}</Button>
          <Button onClick={() => set(after(ticker.now(), 4 * HOUR))}>{t('form.wait.inHours', { count: 4 })}</Button>
          <Button onClick={() => set(tomorrowAtNine(ticker.now()))}>{t('form.wait.tomorrow')}</Button>
        </div>
      </div>
    </FormFrame>
  )
}
