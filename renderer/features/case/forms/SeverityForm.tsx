import { useCallback } from 'react'
import { z } from 'zod'
import type { CaseState } from '#shared/domain/case/case.ts'
import { isMoreSevere, SEVERITIES, Severity } from '#shared/domain/case/severity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { MINUTE } from '#shared/domain/instant.ts'
import { whatIfSeverity } from '#shared/domain/sla/what-if.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { useRefusal } from '#renderer/store/may.ts'
import { useSubmit } from '#renderer/store/submit.ts'
import { useDraftFields } from '#renderer/store/use-draft-fields.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import { t } from '#renderer/strings/t.ts'
import { Choice } from '#renderer/ui/Choice.tsx'
import { Field } from '#renderer/ui/Field.tsx'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import { TextInput } from '#renderer/ui/TextInput.tsx'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import { FormFrame } from './FormFrame.tsx'
import styles from './SeverityForm.module.css'

const Fields = z.object({ to: Severity.nullable().catch(null), reason: z.string().catch('') })

/** Raises or lowers severity; the due instants it would give are shown before anything is saved. */
export function SeverityForm({ state }: { readonly state: CaseState }) {
  const submit = useSubmit()
  const { fields, edit, drop } = useDraftFields(`severity:${state.id}`, 'other', state.id, Fields)
  const from = state.severity
  const to = fields.to ?? from
  const raising = isMoreSevere(to, from)
  const raiseRefusal = useRefusal('raiseSeverity', state.id, { to, reason: fields.reason })
  const lowerRefusal = useRefusal('lowerSeverity', state.id, { from, to, reason: fields.reason })
  const refusal = raising ? raiseRefusal : lowerRefusal
  const problem = to === from ? t('form.severity.same') : refusal && refusalWords(refusal)
  const done = t('case.done.severity', { number: state.number, severity: to })

  return (
    <FormFrame
      title={t('form.severity.title')}
      submit={t('form.severity.submit', { severity: to })}
      problem={problem}
      onSubmit={async () => {
        const answer = raising
          ? await submit('raiseSeverity', state.id, { to, reason: fields.reason }, done)
          : await submit('lowerSeverity', state.id, { from, to, reason: fields.reason }, done)
        if (answer?.accepted) drop()
        return answer?.accepted ?? false
      }}
    >
      <Choice
        label={t('form.severity.level')}
        value={to}
        onChange={(severity) => edit({ to: severity })}
        options={SEVERITIES.map((severity) => ({
          value: severity,
          label: t('severity.label', { level: severity, name: t(`severity.${severity}`) }),
          keys: [String(severity)],
          face: (
            <>
              <SeverityMark severity={severity} size={18} />
              {t(`severity.${severity}`)}
            </>
          )
        }))}
      />
      <WhatIf state={state} to={to} />
      <Field label={t('form.severity.reason')} required={!raising} hint={raising ? undefined : t('form.severity.reasonNeeded')}>
        {(ids) => <TextInput {...ids} value={fields.reason} onChange={(event) => edit({ reason: event.target.value })} />}
      </Field>
    </FormFrame>
  )
}

function WhatIf({ state, to }: { readonly state: CaseState; readonly to: Severity }) {
  const policy = useBoard((board) => board.policies.get(state.policyId))
  // Raising counts from now, so the answer moves on with the minute.
  const minute = useTicking(useCallback((now: Instant) => Math.floor(now / MINUTE) * MINUTE, [])) as Instant
  if (!policy) return null
  const words = (due: Instant | null) => (due === null ? t('form.severity.noPromise') : whenOf(due, minute))
  return (
    <table className={styles.whatIf}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('case.clocks')}</span>
          </th>
          <th scope="col">{t('form.severity.before')}</th>
          <th scope="col">{t('form.severity.after')}</th>
        </tr>
      </thead>
      <tbody>
        {whatIfSeverity(state.marks, policy, minute, to).map(({ kind, dueNow, dueThen }) => (
          <tr key={kind}>
            <th scope="row">{t(`clock.kind.${kind}`)}</th>
            <td>{words(dueNow)}</td>
            <td data-changed={dueNow !== dueThen}>{dueNow === dueThen ? t('form.severity.unchanged') : words(dueThen)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
