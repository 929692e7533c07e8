import { useCallback } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import { t } from '#renderer/strings/t.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import { elapsedOf } from './use-intake.ts'
import styles from './Intake.module.css'

/** Minutes and seconds since the ring or the first key. */
export function Stopwatch({ startedAt }: { readonly startedAt: number | null }) {
  const words = useTicking(
    useCallback(
      (now: Instant) => {
        const seconds = Math.floor(elapsedOf(startedAt, now) / 1_000)
        return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
      },
      [startedAt]
    )
  )
  return (
    <span className={styles.stopwatch} role="timer" aria-label={t('intake.elapsed')} title={t('intake.elapsed')}>
      {words}
    </span>
  )
}
