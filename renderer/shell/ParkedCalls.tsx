import { useStore } from 'zustand'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { intakeOf, isUntouched } from '#renderer/store/intake-draft.ts'
import type { IntakeFields } from '#renderer/store/intake-draft.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { PenIcon } from '#renderer/ui/icons.tsx'
import styles from './ParkedCalls.module.css'

/** Half-written cases that wait, each a chip that brings it back. */
export function ParkedCalls() {
  const { drafts } = useConsole()
  const byId = useStore(drafts, (state) => state.byId)
  const shown = useView((view) => view.intakeId)
  const showIntake = useView((view) => view.showIntake)
  const parked = [...byId.values()].filter((draft) => draft.kind === 'intake' && draft.id !== shown && !isUntouched(intakeOf(draft)))
  if (parked.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={t('intake.parked')}>
      {parked.map((draft) => (
        <li key={draft.id}>
          <Chip fields={intakeOf(draft)} onOpen={() => showIntake(draft.id)} />
        </li>
      ))}
    </ul>
  )
}

function Chip({ fields, onOpen }: { readonly fields: IntakeFields; readonly onOpen: () => void }) {
  const customer = useBoard((board) => (fields.customerId ? board.customers.get(fields.customerId)?.name : undefined))
  const what = fields.subject || fields.callerName || customer || fields.callerNumber || t('intake.parkedEmpty')
  return (
    <button
      type="button"
      className={styles.chip}
      onClick={onOpen}
      title={t('intake.parkedChip', { number: fields.number ?? t('intake.noNumber'), what })}
    >
      <PenIcon />
      <span className={styles.number}>{fields.number ?? t('intake.noNumber')}</span>
      <span className={styles.what}>{what}</span>
    </button>
  )
}
