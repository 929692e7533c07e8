import { useCallback } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { t } from '#renderer/strings/t.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import styles from './LateCount.module.css'

/** How many of a list are past their deadline. The list is sorted by deadline, so the count is a binary search. */
export function LateCount({ rows }: { readonly rows: readonly CaseRow[] }) {
  const late = useTicking(useCallback((now: Instant) => lateAmong(rows, now), [rows]))
  return late > 0 ? <span className={styles.late}>{t('list.lateCount', { count: late })}</span> : null
}

function lateAmong(rows: readonly CaseRow[], now: Instant): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rows[middle]?.sortKey ?? Infinity) <= now) low = middle + 1
    else high = middle
  }
  return low
}
