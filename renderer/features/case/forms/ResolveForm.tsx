import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { ResolutionCode } from '#shared/domain/case/fact.ts'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Field } from '#renderer/ui/Field.tsx'
import { Select, TextArea } from '#renderer/ui/TextInput.tsx'
import { FormFrame } from './FormFrame.tsx'

const Fields = z.object({ code: ResolutionCode.catch('fixed'), text: z.string().catch('') })
const CODES = ResolutionCode.options.filter((code) => code !== 'imported')

/** Ends the work: the outcome and what the customer is told about it. */
export function ResolveForm({ state }: { readonly state: CaseState }) {
  const submit = useSubmit()
  const { fields, edit, drop } = useDraftFields(`resolve:${state.id}`, 'other', state.id, Fields)
  const refusal = useRefusal('resolve', state.id, fields)
  const problem = fields.text.trim() === '' ? t('refusal.textRequired') : refusal && refusalWords(refusal)

  return (
    <FormFrame
      title={t('form.resolve.title')}
      submit={t('form.resolve.submit')}
      problem={problem}
      onSubmit={async () => {
        const answer = await submit('resolve', state.id, fields, t('case.done.resolve', { number: state.number }))
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Field label={t('form.resolve.text')} required>
        {(ids) => <TextArea {...ids} rows={3} value={fields.text} onChange={(event) => edit({ text: event.target.value })} />}
      </Field>
      <Field label={t('form.resolve.code')}>
        {(ids) => (
          <Select {...ids} value={fields.code} onChange={(event) => edit({ code: ResolutionCode.parse(event.target.value) })}>
            {CODES.map((code) => (
              <option key={code} value={code}>
                {t(`resolution.${code}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </FormFrame>
  )
}
