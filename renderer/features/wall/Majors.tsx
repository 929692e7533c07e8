import { useMemo } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import styles from './Wall.module.css'

const SHOWN = 4

/** The critical cases that are open now, at the right. */
export function Majors({ rows, visitor }: { readonly rows: readonly CaseRow[]; readonly visitor: boolean }) {
  const majors = useMemo(() => rows.filter((row) => row.state.severity === 1), [rows])
  return (
    <aside className={styles.majors} aria-label={t('wall.majors')}>
      <h2 className={styles.heading}>{t('wall.majors')}</h2>
      {majors.length === 0 && <p className={styles.quiet}>{t('wall.noMajors')}</p>}
      <ul>
        {majors.slice(0, SHOWN).map((row) => (
          <Major key={row.id} row={row} visitor={visitor} />
        ))}
      </ul>
      {majors.length > SHOWN && <p className={styles.quiet}>{t('wall.more', { count: majors.length - SHOWN })}</p>}
    </aside>
  )
}

function Major({ row, visitor }: { readonly row: CaseRow; readonly visitor: boolean }) {
  const customer = useBoard((board) => board.customers.get(row.state.customerId)?.name ?? '')
  const queue = useBoard((board) => board.queues.get(row.state.queueId)?.name ?? '')
  return (
    <li className={styles.major}>
      <span className={styles.majorName}>{visitor ? row.state.number : customer}</span>
      <span className={styles.majorQueue}>{queue}</span>
    </li>
  )
}
