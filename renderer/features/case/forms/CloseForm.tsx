import { useState } from 'react'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Field } from '#renderer/ui/Field.tsx'
import { TextArea } from '#renderer/ui/TextInput.tsx'
import { FormFrame } from './FormFrame.tsx'

const Fields = z.object({ text: z.string().catch('') })

/** Closes a resolved case. What counts is the newest contact the person saw when the form opened: a later one stops the closing. */
export function CloseForm({ state }: { readonly state: CaseState }) {
  const submit = useSubmit()
  const [seenContactAt] = useState(state.lastContactAt)
  const { fields, edit, drop } = useDraftFields(`close:${state.id}`, 'other', state.id, Fields)
  const payload = { text: fields.text, seenContactAt }
  const refusal = useRefusal('close', state.id, payload)

  return (
    <FormFrame
      title={t('form.close.title')}
      submit={t('form.close.submit')}
      problem={refusal && refusalWords(refusal)}
      onSubmit={async () => {
        const answer = await submit('close', state.id, payload, t('case.done.close', { number: state.number }))
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Field label={t('form.close.text')} hint={t('form.close.optional')}>
        {(ids) => <TextArea {...ids} rows={2} value={fields.text} onChange={(event) => edit({ text: event.target.value })} />}
      </Field>
    </FormFrame>
  )
}
