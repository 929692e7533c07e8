import { useCallback, useMemo } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { t } from '#renderer/strings/t.ts'
import { secondsOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import type { Liveness } from './use-liveness.ts'
import styles from './Wall.module.css'

/** The time, whether the wall is live, and how many customers nobody has taken notice of yet. */
export function TopStrip({
  rows,
  live,
  onSetup
}: {
  readonly rows: readonly CaseRow[]
  readonly live: Liveness
  readonly onSetup: () => void
}) {
  const clock = useTicking(useCallback((now: Instant) => secondsOf(now), []))
  const waiting = useMemo(() => rows.filter((row) => row.state.acknowledgedAt === null), [rows])
  const oldest = useMemo(
    () => waiting.reduce<number | null>((least, row) => (least === null || row.state.openedAt < least ? row.state.openedAt : least), null),
    [waiting]
  )
  const age = useTicking(useCallback((now: Instant) => (oldest === null ? '' : ageOf(now - oldest)), [oldest]))

  return (
    <header className={styles.top}>
      <h1 className="visually-hidden">{t('wall.label')}</h1>
      <span className={styles.time}>{clock}</span>
      <span className={styles.live} role="status">
        {live.state === 'stale'
          ? `${t('wall.notLive', { at: live.since })}, ${t('wall.computedHere')}`
          : live.state === 'catchingUp'
            ? t('wall.catchingUp')
            : t('wall.live')}
      </span>
      <button type="button" className={styles.setup} onClick={onSetup}>
        {t('wall.setup')}
      </button>
      <span className={styles.waiting} data-any={waiting.length > 0}>
        <b>{waiting.length}</b> {t('wall.unacknowledged')}
        {age !== '' && live.state !== 'stale' && <span>, {t('wall.oldest', { age })}</span>}
      </span>
    </header>
  )
}

/** `4 min`, or hours and minutes: whole minutes are enough for an age. */
function ageOf(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000))
  return minutes < 60
    ? t('duration.minutes', { minutes })
    : `${t('duration.hours', { hours: Math.floor(minutes / 60) })} ${t('duration.minutes', { minutes: minutes % 60 })}`
}
