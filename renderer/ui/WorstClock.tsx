import { useEffect, useRef } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { t } from '#renderer/strings/t.ts'
import { pressureOf, remainingInShort } from './due-face.ts'
import { useTicker } from './use-ticker.ts'
import styles from './WorstClock.module.css'

/** How near the first deadline of a list is, as text alone once it presses; quiet while all is calm. */
export function WorstClock({ row }: { readonly row: CaseRow }) {
  const ticker = useTicker()
  const face = useRef<HTMLSpanElement>(null)
  const { due } = row

  useEffect(
    () =>
      ticker.follow((now) => {
        if (!face.current || !due) return
        const pressure = pressureOf(due, now)
        const pressing = pressure !== 'calm' && pressure !== 'paused' && due.dueAt !== null
        face.current.dataset['pressure'] = pressure
        face.current.textContent = pressing ? remainingInShort(due.dueAt, now) : ''
      }),
    [ticker, due]
  )

  return <span ref={face} className={styles.worst} title={t('rail.worst')} />
}
