import { useMemo } from 'react'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { Level } from '#shared/domain/case/severity.ts'
import { ContactId, ItemId } from '#shared/domain/identity.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { Select, TextInput } from '#renderer/ui/TextInput.tsx'
import { FormFrame } from './FormFrame.tsx'
import styles from './FormFrame.module.css'

/** Undefined: not touched here, so the case's own present value stands. */
const Fields = z.object({
  subject: z.string().optional().catch(undefined),
  contactId: ContactId.nullable().optional().catch(undefined),
  itemId: ItemId.nullable().optional().catch(undefined),
  impact: Level.nullable().optional().catch(undefined),
  urgency: Level.nullable().optional().catch(undefined)
})

/** Fills what the intake left open, or corrects it. */
export function DetailsForm({ state }: { readonly state: CaseState }) {
  const { board } = useConsole()
  const version = useBoard((known) => known.directoryVersion)
  const submit = useSubmit()
  const { fields, edit, drop } = useDraftFields(`details:${state.id}`, 'other', state.id, Fields)
  const payload = {
    subject: fields.subject ?? state.subject,
    contactId: fields.contactId === undefined ? state.contactId : fields.contactId,
    itemId: fields.itemId === undefined ? state.itemId : fields.itemId,
    impact: fields.impact === undefined ? state.impact : fields.impact,
    urgency: fields.urgency === undefined ? state.urgency : fields.urgency
  }
  const refusal = useRefusal('correctDetails', state.id, payload)
  const { contacts, items } = useMemo(() => {
    const known = board.getState()
    const ours = <R extends { customerId: string; name: string; active: boolean }>(records: ReadonlyMap<string, R>) =>
      [...records.values()]
        .filter((record) => version >= 0 && record.active && record.customerId === state.customerId)
        .toSorted((a, b) => a.name.localeCompare(b.name))
    return { contacts: ours(known.contacts), items: ours(known.items) }
  }, [board, state.customerId, version])
  const levels = Level.options.map((level) => ({ value: level, label: t(`level.${level}`), keys: [level.charAt(0)] }))

  return (
    <FormFrame
      title={t('form.details.title')}
      submit={t('form.details.submit')}
      problem={refusal && refusalWords(refusal)}
      onSubmit={async () => {
        const answer = await submit('correctDetails', state.id, payload, t('case.done.details', { number: state.number }))
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Field label={t('form.details.subject')} required>
        {(ids) => (
          <TextInput {...ids} maxLength={200} value={payload.subject} onChange={(event) => edit({ subject: event.target.value })} />
        )}
      </Field>
      <div className={styles.row}>
        <Field label={t('form.details.contact')}>
          {(ids) => (
            <Select
              {...ids}
              value={payload.contactId ?? ''}
              onChange={(event) => edit({ contactId: event.target.value === '' ? null : ContactId.parse(event.target.value) })}
            >
              <option value="">{t('form.details.none')}</option>
              {contacts.map((contact) => (
                <option key={contact.id} value={contact.id}>
                  {contact.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('form.details.item')}>
          {(ids) => (
            <Select
              {...ids}
              value={payload.itemId ?? ''}
              onChange={(event) => edit({ itemId: event.target.value === '' ? null : ItemId.parse(event.target.value) })}
            >
              <option value="">{t('form.details.none')}</option>
              {items.map((item) => (
                <option key={item.id} value={item.id}>
                  {item.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <div className={styles.row}>
        <Choice label={t('form.details.impact')} value={payload.impact} options={levels} onChange={(impact) => edit({ impact })} />
        <Choice label={t('form.details.urgency')} value={payload.urgency} options={levels} onChange={(urgency) => edit({ urgency })} />
      </div>
    </FormFrame>
  )
}
