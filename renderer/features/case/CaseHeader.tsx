import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { CloseIcon } from '#renderer/ui/icons.tsx'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicker } from '#renderer/ui/use-ticker.ts'
import { Here } from './Here.tsx'
import styles from './CaseHeader.module.css'

/** Number, severity, status and the one line; waiting is part of the status and says on whom and until when. */
export function CaseHeader({ row }: { readonly row: CaseRow }) {
  const { state } = row
  const ticker = useTicker()
  const customer = useBoard((board) => board.customers.get(state.customerId)?.name ?? '')
  const openCase = useView((view) => view.openCase)
  const { waiting } = state

  return (
    <header className={styles.header}>
      <SeverityMark severity={state.severity} size={30} />
      <div className={styles.words}>
        <div className={styles.line}>
          <span className={styles.number}>{state.number}</span>
          <span className={styles.customer}>{customer}</span>
          <span className={styles.status}>{t(`status.${state.status}`)}</span>
          {waiting && (
            <span className={styles.waiting} title={waiting.question}>
              {waiting.until === null
                ? t('case.waitingOnOpen', { on: t(`waitingOn.${waiting.on}`) })
                : t('case.waitingOn', { on: t(`waitingOn.${waiting.on}`), until: whenOf(waiting.until, ticker.now()) })}
            </span>
          )}
          {state.cycle > 1 && <span className={styles.quiet}>{t('case.cycle', { cycle: state.cycle })}</span>}
          {row.pending > 0 && <span className={styles.quiet}>{t('timeline.pending')}</span>}
          <Here caseId={state.id} />
        </div>
        <h2 className={styles.subject}>{state.subject}</h2>
      </div>
      <button
        type="button"
        className={styles.close}
        aria-label={t('case.close')}
        title={`${t('case.close')} (Esc)`}
        onClick={() => openCase(null)}
      >
        <CloseIcon />
      </button>
    </header>
  )
}
