import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { PersonId, QueueId } from '#shared/domain/identity.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Field } from '#renderer/ui/Field.tsx'
import { Select } from '#renderer/ui/TextInput.tsx'
import { FormFrame } from './FormFrame.tsx'
import styles from './FormFrame.module.css'

const Fields = z.object({
  queueId: QueueId.nullable().catch(null),
  assigneeId: PersonId.nullable().catch(null),
  touched: z.boolean().catch(false)
})

/** Hands the case to a team, a person or both. People of the chosen team come first. */
export function AssignForm({ state }: { readonly state: CaseState }) {
  const { board } = useConsole()
  useBoard((known) => known.directoryVersion)
  const submit = useSubmit()
  const { fields, edit, drop } = useDraftFields(`assign:${state.id}`, 'other', state.id, Fields)
  const queueId = fields.queueId ?? state.queueId
  const assigneeId = fields.touched ? fields.assigneeId : state.assigneeId
  const payload = { queueId, assigneeId, expectedAssigneeId: state.assigneeId }
  const refusal = useRefusal('assign', state.id, payload)
  const { queues, people } = board.getState()
  const teams = [...queues.values()].filter((queue) => queue.active).toSorted((a, b) => a.order - b.order)
  const owners = [...people.values()]
    .filter((person) => person.active && person.role !== 'wall')
    .toSorted((a, b) => Number(b.queueIds.includes(queueId)) - Number(a.queueIds.includes(queueId)) || a.name.localeCompare(b.name))

  return (
    <FormFrame
      title={t('form.assign.title')}
      submit={t('form.assign.submit')}
      problem={refusal && refusalWords(refusal)}
      onSubmit={async () => {
        const answer = await submit('assign', state.id, payload, t('case.done.assign', { number: state.number }))
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <div className={styles.row}>
        <Field label={t('form.assign.queue')}>
          {(ids) => (
            <Select {...ids} value={queueId} onChange={(event) => edit({ queueId: QueueId.parse(event.target.value) })}>
              {teams.map((queue) => (
                <option key={queue.id} value={queue.id}>
                  {queue.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('form.assign.person')}>
          {(ids) => (
            <Select
              {...ids}
              value={assigneeId ?? ''}
              onChange={(event) =>
                edit({ touched: true, assigneeId: event.target.value === '' ? null : PersonId.parse(event.target.value) })
              }
            >
              <option value="">{t('form.assign.nobody')}</option>
              {owners.map((person) => (
                <option key={person.id} value={person.id}>
                  {person.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
    </FormFrame>
  )
}
