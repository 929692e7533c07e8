import { useEffect, useMemo, useRef } from 'react'
import type { CaseId } from '#shared/domain/identity.ts'
import { makeCaseRow } from '#renderer/store/case-row.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { CaseActions } from './CaseActions.tsx'
import { CaseForms } from './CaseForms.tsx'
import { CaseHeader } from './CaseHeader.tsx'
import { Clocks } from './Clocks.tsx'
import { Composer } from './Composer.tsx'
import { Facts } from './Facts.tsx'
import { Tasks } from './Tasks.tsx'
import { Timeline } from './timeline/Timeline.tsx'
import styles from './CaseView.module.css'

/** One case: what it is, what was promised, what to do next, what happened. */
export function CaseView({ caseId }: { readonly caseId: CaseId }) {
  const { client } = useConsole()
  const onBoard = useBoard((board) => board.cases.get(caseId))
  const elsewhere = useView((view) => (view.elsewhere?.id === caseId ? view.elsewhere : null))
  const row = useMemo(() => onBoard ?? (elsewhere ? makeCaseRow(elsewhere, 0, 0, undefined) : undefined), [onBoard, elsewhere])
  const complete = useBoard((board) => board.complete)
  const form = useView((view) => view.form)
  const openCase = useView((view) => view.openCase)
  const scroller = useRef<HTMLDivElement>(null)

  useEffect(() => {
    client.reportPresence({ caseId, editing: false })
    return () => client.reportPresence({ caseId: null, editing: false })
  }, [client, caseId])

  if (!row) {
    // While the desk still comes in, the case may be on its way.
    if (!complete) return <div className={styles.view} />
    return (
      <EmptyState title={t('case.gone')} action={<Button onClick={() => openCase(null)}>{t('case.close')}</Button>}>
        {t('case.goneText')}
      </EmptyState>
    )
  }
  const { state } = row
  return (
    <article id="case-view" tabIndex={-1} className={styles.view} aria-label={t('case.label', { number: state.number })}>
      <CaseHeader row={row} />
      {onBoard ? <CaseActions state={state} /> : <p className={styles.elsewhere}>{t('case.elsewhere')}</p>}
      <div ref={scroller} className={styles.body}>
        {form && <CaseForms form={form} state={state} />}
        <Facts state={state} />
        <Clocks state={state} />
        <Tasks state={state} />
        {onBoard && <Composer caseId={caseId} />}
        <Timeline caseId={caseId} scroller={scroller} />
      </div>
    </article>
  )
}
