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

const Fields = z.object({ reason: z.string().catch('') })

/** Re-opens a case that ended, with the reason. */
export function ReopenForm({ state }: { readonly state: CaseState }) {
  const submit = useSubmit()
  const { fields, edit, drop } = useDraftFields(`reopen:${state.id}`, 'other', state.id, Fields)
  const refusal = useRefusal('reopen', state.id, { reason: fields.reason.trim() })

  return (
    <FormFrame
      title={t('form.reopen.title')}
      submit={t('form.reopen.submit')}
      problem={refusal && refusalWords(refusal)}
      onSubmit={async () => {
        const answer = await submit('reopen', state.id, fields, t('case.done.reopen', { number: state.number }))
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Field label={t('form.reopen.reason')} required>
        {(ids) => <TextArea {...ids} rows={2} value={fields.reason} onChange={(event) => edit({ reason: event.target.value })} />}
      </Field>
    </FormFrame>
  )
}
