import { useEffect, useRef } from 'react'
import { t } from '#renderer/strings/t.ts'
import type { ClockKind } from '#shared/domain/sla/clock.ts'
import { useTicker } from './use-ticker.ts'
import { pressureOf, remainingText } from './due-face.ts'
import type { Deadline } from './due-face.ts'
import { StateMark } from './StateMark.tsx'
import styles from './DueClock.module.css'

/**
 * A promise counting down: shape, kind and remaining time. The one ticker of the window writes mark, text and state straight into
 * the page; React draws it once per change of the deadline and not per second.
 */
export function DueClock({
  kind,
  deadline,
  acknowledged
}: {
  readonly kind: ClockKind
  readonly deadline: Deadline
  readonly acknowledged: boolean
}) {
  const ticker = useTicker()
  const root = useRef<HTMLSpanElement>(null)
  const { startedAt, dueAt, paused, pausedUntil } = deadline

  useEffect(
    () =>
      ticker.follow((now) => {
        const face = root.current?.lastElementChild
        const svg = root.current?.firstElementChild
        if (!root.current || !face || !svg) return
        const pressure = pressureOf({ startedAt, dueAt, paused, pausedUntil }, now)
        const mark = pressure === 'late' && acknowledged ? 'lateAcknowledged' : pressure
        if (root.current.dataset['mark'] !== mark) {
          root.current.dataset['mark'] = mark
          svg.setAttribute('data-mark', mark)
          svg.firstElementChild?.setAttribute('href', `#state-${mark}`)
        }
        const text = pressure === 'paused' || dueAt === null ? t('clock.paused') : remainingText(dueAt, now)
        if (face.textContent !== text) face.textContent = text
      }),
    [ticker, startedAt, dueAt, paused, pausedUntil, acknowledged]
  )

  return (
    <span ref={root} className={styles.clock}>
      <StateMark mark="calm" />
      <span className={styles.kind}>{t(`clock.kind.${kind}`)}</span>
      <span className={styles.face} />
    </span>
  )
}
