import type { Ref } from 'react'
import { SEVERITIES } from '#shared/domain/case/severity.ts'
import { Level } from '#shared/domain/case/severity.ts'
import { QueueId } from '#shared/domain/identity.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import { Select, TextArea, TextInput } from '#renderer/ui/TextInput.tsx'
import type { FieldName } from './fields.ts'
import type { Intake } from './use-intake.ts'
import type { Needed } from './use-save-intake.ts'
import styles from './Intake.module.css'

type Props = {
  readonly ref: Ref<HTMLFormElement>
  readonly intake: Intake
  readonly problems: readonly Needed[]
  readonly disabled: boolean
  readonly activeId: string | undefined
  readonly expanded: boolean
  readonly onFocusField: (field: FieldName) => void
}

/** The column of fields, in the order in which a call gives them. */
export function IntakeForm({ ref, intake, problems, disabled, activeId, expanded, onFocusField }: Props) {
  const { board } = useConsole()
  useBoard((state) => state.directoryVersion)
  const { fields, edit, severity, severityFrom, queueId } = intake
  const queues = [...board.getState().queues.values()].filter((queue) => queue.active).toSorted((a, b) => a.order - b.order)
  const missing = (field: Needed) => (problems.includes(field) ? t('intake.saveBlocked', { fields: t(`intake.need.${field}`) }) : null)
  const at = (field: FieldName) => ({ 'data-field': field, onFocus: () => onFocusField(field) })
  const matching = (field: FieldName) => ({
    ...at(field),
    role: 'combobox',
    'aria-autocomplete': 'list' as const,
    'aria-expanded': expanded,
    'aria-controls': 'intake-matches',
    'aria-activedescendant': activeId
  })
  const levels = Level.options.map((level) => ({ value: level, label: t(`level.${level}`), keys: [level.charAt(0)] }))

  return (
    <form ref={ref} className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={disabled} className={styles.fields}>
        <div className={styles.pair}>
          <Field label={t('intake.callerNumber')}>
            {(ids) => (
              <TextInput
                {...ids}
                {...matching('callerNumber')}
                inputMode="tel"
                value={fields.callerNumber}
                onChange={(event) => edit({ callerNumber: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('intake.callerName')}>
            {(ids) => (
              <TextInput
                {...ids}
                {...matching('callerName')}
                value={fields.callerName}
                onChange={(event) => edit({ callerName: event.target.value, contactId: null, contactText: '' })}
              />
            )}
          </Field>
        </div>
        <div className={styles.pair}>
          <Field label={t('intake.customer')} required problem={missing('customerId')}>
            {(ids) => (
              <TextInput
                {...ids}
                {...matching('customer')}
                value={fields.customerText}
                data-settled={fields.customerId !== null}
                onChange={(event) =>
                  edit({ customerText: event.target.value, customerId: null, contactId: null, contactText: '', itemId: null, itemText: '' })
                }
              />
            )}
          </Field>
          <Field label={t('intake.contact')} className={styles.contact} hint={<ContactRights fields={fields} />}>
            {(ids) => (
              <TextInput
                {...ids}
                {...matching('contact')}
                value={fields.contactText}
                data-settled={fields.contactId !== null}
                onChange={(event) => edit({ contactText: event.target.value, contactId: null })}
              />
            )}
          </Field>
        </div>
        <div className={styles.verification}>
          <span className={styles.verificationState}>{t('intake.verificationNot')}</span>
          <span>{t('intake.verificationText')}</span>
        </div>
        <Field label={t('intake.item')}>
          {(ids) => (
            <TextInput
              {...ids}
              {...matching('item')}
              value={fields.itemText}
              data-settled={fields.itemId !== null}
              onChange={(event) => edit({ itemText: event.target.value, itemId: null })}
            />
          )}
        </Field>
        <Field label={t('intake.subject')} required problem={missing('subject')}>
          {(ids) => (
            <TextInput
              {...ids}
              {...at('subject')}
              spellCheck
              maxLength={200}
              value={fields.subject}
              onChange={(event) => edit({ subject: event.target.value })}
            />
          )}
        </Field>
        <div className={styles.levels}>
          <div {...at('impact')}>
            <Choice label={t('intake.impact')} value={fields.impact} options={levels} onChange={(impact) => edit({ impact })} />
          </div>
          <div {...at('urgency')}>
            <Choice label={t('intake.urgency')} value={fields.urgency} options={levels} onChange={(urgency) => edit({ urgency })} />
          </div>
          <div {...at('severity')}>
            <Choice
              label={`${t('intake.severity')}, ${t(`intake.${severityFrom}`)}`}
              value={severity}
              onChange={(chosenSeverity) => edit({ severity: chosenSeverity })}
              options={SEVERITIES.map((level) => ({
                value: level,
                label: t('severity.label', { level, name: t(`severity.${level}`) }),
                keys: [String(level)],
                face: <SeverityMark severity={level} size={18} />
              }))}
            />
          </div>
        </div>
        <div className={styles.triple}>
          <Field label={t('intake.callback')} required problem={missing('callbackNumber')}>
            {(ids) => (
              <TextInput
                {...ids}
                {...at('callback')}
                inputMode="tel"
                value={fields.callbackNumber}
                onChange={(event) => edit({ callbackNumber: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('intake.handover')}>
            {(ids) => (
              <Select
                {...ids}
                {...at('owner')}
                value={fields.owner}
                onChange={(event) => edit({ owner: event.target.value === 'queue' ? 'queue' : 'me' })}
              >
                <option value="me">{t('intake.ownerMe')}</option>
                <option value="queue">{t('intake.ownerQueue')}</option>
              </Select>
            )}
          </Field>
          <Field label={t('intake.queue')}>
            {(ids) => (
              <Select
                {...ids}
                {...at('queue')}
                value={queueId ?? ''}
                onChange={(event) => edit({ queueId: QueueId.parse(event.target.value) })}
              >
                {queues.map((queue) => (
                  <option key={queue.id} value={queue.id}>
                    {queue.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field label={t('intake.notes')} className={styles.notes}>
          {(ids) => <TextArea {...ids} {...at('notes')} value={fields.notes} onChange={(event) => edit({ notes: event.target.value })} />}
        </Field>
      </fieldset>
    </form>
  )
}

/** What the chosen contact may ask for; verified is not yet authorised. */
function ContactRights({ fields }: { readonly fields: Intake['fields'] }) {
  const contact = useBoard((board) => (fields.contactId ? board.contacts.get(fields.contactId) : undefined))
  if (!contact) return fields.contactText !== '' || fields.callerName !== '' ? t('intake.contactNone') : null
  return contact.rights.length === 0
    ? t('intake.match.noRights')
    : t('intake.match.rights', { rights: contact.rights.map((right) => t(`right.${right}`)).join(', ') })
}
