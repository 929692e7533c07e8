import { memo } from 'react'
import type { CaseId } from '#shared/domain/identity.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { useViewers } from '#renderer/store/presence.ts'
import { t } from '#renderer/strings/t.ts'
import { DueClock } from './DueClock.tsx'
import { EyeIcon, PenIcon } from './icons.tsx'
import { PersonBadge } from './PersonBadge.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import { whenOf } from './time-words.ts'
import { useTicker } from './use-ticker.ts'
import styles from './CaseTable.module.css'

type Props = {
  readonly row: CaseRow
  readonly index: number
  readonly top: number
  readonly height: number
  readonly wide: boolean
  readonly selected: boolean
  readonly onSelect: (caseId: CaseId) => void
  readonly onOpen: (caseId: CaseId) => void
}

/** One case in a list. It renders again when the case, a name on it or who looks at it changes, never because time passes. */
export const CaseTableRow = memo(function CaseTableRow({ row, index, top, height, wide, selected, onSelect, onOpen }: Props) {
  const { state } = row
  const customer = useBoard((board) => board.customers.get(state.customerId)?.name ?? '')
  const queue = useBoard((board) => board.queues.get(state.queueId)?.name ?? '')
  const assignee = useBoard((board) => (state.assigneeId === null ? undefined : board.people.get(state.assigneeId)))

  return (
    <div
      id={`case-${row.id}`}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected}
      className={wide ? styles.wideRow : styles.narrowRow}
      data-unacknowledged={row.due !== null && state.acknowledgedAt === null}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.id)}
      onDoubleClick={() => onOpen(row.id)}
    >
      <span role="gridcell" className={styles.severity}>
        <SeverityMark severity={state.severity} />
      </span>
      <span role="gridcell" className={styles.number}>
        {state.number}
      </span>
      <span role="gridcell" className={styles.customer} title={customer}>
        {customer}
      </span>
      <span role="gridcell" className={styles.subject} title={state.subject}>
        {state.subject}
      </span>
      <span role="gridcell" className={styles.status}>
        {t(`status.${state.status}`)}
        {row.pending > 0 && <span className={styles.pending} role="img" title={t('list.pending')} aria-label={t('list.pending')} />}
      </span>
      <span role="gridcell" className={styles.owner}>
        {assignee && <PersonBadge name={assignee.name} initials={assignee.initials} />}
        <span className={styles.queue}>{queue}</span>
      </span>
      <span role="gridcell" className={styles.viewers}>
        <Viewers caseId={row.id} />
      </span>
      <span role="gridcell" className={styles.clock}>
        {row.due ? <DueClock kind={row.due.kind} deadline={row.due} acknowledged={state.acknowledgedAt !== null} /> : <Ended row={row} />}
      </span>
    </div>
  )
})

function Ended({ row }: { readonly row: CaseRow }) {
  const ticker = useTicker()
  const at = row.state.closedAt ?? row.state.resolvedAt
  return <span className={styles.ended}>{at === null ? '' : whenOf(at, ticker.now())}</span>
}

function Viewers({ caseId }: { readonly caseId: CaseId }) {
  const viewers = useViewers(caseId)
  const people = useBoard((board) => board.people)
  if (viewers.length === 0) return null
  const editing = viewers.some((viewer) => viewer.editing && viewer.lostAt === null)
  const names = viewers.map((viewer) => people.get(viewer.personId)?.name ?? '').join(', ')
  return (
    <span role="img" aria-label={t('list.viewedBy', { names })} title={t('list.viewedBy', { names })} className={styles.eye}>
      {editing ? <PenIcon /> : <EyeIcon />}
      {viewers.length > 1 ? viewers.length : (people.get(viewers[0]?.personId ?? '')?.initials ?? '')}
    </span>
  )
}
