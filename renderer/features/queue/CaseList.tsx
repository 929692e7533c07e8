import { useCallback } from 'react'
import type { CaseId, QueueId } from '#shared/domain/identity.ts'
import type { ListKey } from '#renderer/store/case-lists.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard, useEngine } from '#renderer/store/console.tsx'
import { useStartIntake } from '#renderer/store/intake-draft.ts'
import { useView } from '#renderer/store/view.ts'
import { t } from '#renderer/strings/t.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { CaseTable } from '#renderer/ui/CaseTable.tsx'
import { EmptyState } from '#renderer/ui/EmptyState.tsx'
import { LateCount } from './LateCount.tsx'
import styles from './CaseList.module.css'

const NO_ROWS: readonly CaseRow[] = []

/** One list of cases: mine, a queue's, all open ones, or those that ended lately. */
export function CaseList({ list }: { readonly list: ListKey }) {
  const rows = useBoard((board) => board.lists.get(list) ?? NO_ROWS)
  const complete = useBoard((board) => board.complete)
  const queueName = useBoard((board) =>
    list.startsWith('queue:') ? board.queues.get(list.slice('queue:'.length) as QueueId)?.name : undefined
  )
  const caseId = useView((view) => view.caseId)
  const openCase = useView((view) => view.openCase)
  const name = queueName ?? (list === 'mine' || list === 'ended' ? t(`list.${list}`) : t('list.open'))

  const work = useCallback(
    (id: CaseId) => {
      openCase(id)
      requestAnimationFrame(() => document.getElementById('case-view')?.focus())
    },
    [openCase]
  )

  return (
    <section className={styles.list} aria-label={name}>
      <header className={styles.header}>
        <h1 className={styles.name}>{name}</h1>
        <span className={styles.count}>{t('list.count', { count: rows.length })}</span>
        {list !== 'ended' && <LateCount rows={rows} />}
      </header>
      {rows.length > 0 ? (
        <CaseTable
          label={t('list.label', { name, count: rows.length })}
          rows={rows}
          selectedId={caseId}
          onSelect={openCase}
          onOpen={work}
          dueLabel={list === 'ended' ? t('list.column.ended') : t('list.column.due')}
          autoFocus
        />
      ) : complete ? (
        <Empty list={list} />
      ) : (
        <Loading />
      )}
    </section>
  )
}

/** The desk comes in: how far it is. */
function Loading() {
  const connection = useEngine((state) => state.connection)
  if (connection.state !== 'catchingUp') return <EmptyState title={t('list.loading')} />
  return (
    <EmptyState
      title={t('list.loadingCount', { done: connection.done.toLocaleString('en'), total: connection.total.toLocaleString('en') })}
    />
  )
}

function Empty({ list }: { readonly list: ListKey }) {
  const startIntake = useStartIntake()
  const key = list === 'mine' || list === 'open' || list === 'ended' ? list : 'queue'
  const action = key === 'open' && (
    <Button look="main" keys="F2" onClick={() => startIntake()}>
      {t('top.newCase')}
    </Button>
  )
  return (
    <EmptyState title={t(`list.empty.${key}.title`)} action={action}>
      {t(`list.empty.${key}.text`)}
    </EmptyState>
  )
}
