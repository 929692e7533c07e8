import { memo, useEffect, useRef } from 'react'
import type { CaseRow } from '#renderer/store/case-row.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { pressureOf, remainingText } from '#renderer/ui/due-face.ts'
import { SeverityMark } from '#renderer/ui/SeverityMark.tsx'
import { StateMark } from '#renderer/ui/StateMark.tsx'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicker } from '#renderer/ui/use-ticker.ts'
import styles from './WallRow.module.css'

type Props = { readonly row: CaseRow; readonly first: boolean; readonly flashing: boolean; readonly visitor: boolean }

const WORDS = 6

/**
 * One promise: state as shape, word and colour, the time left, what is promised, until when, who has it; underneath for whom and what
 * about. The ticker writes the passing time into the page; React draws a row once per change of its case.
 */
export const WallRow = memo(function WallRow({ row, first, flashing, visitor }: Props) {
  const ticker = useTicker()
  const root = useRef<HTMLLIElement>(null)
  const mark = useRef<HTMLSpanElement>(null)
  const left = useRef<HTMLSpanElement>(null)
  const word = useRef<HTMLSpanElement>(null)
  const { state, due } = row
  const acknowledged = state.acknowledgedAt !== null
  const customer = useBoard((board) => board.customers.get(state.customerId)?.name ?? '')
  const owner = useBoard((board) => (state.assigneeId ? board.people.get(state.assigneeId)?.initials : undefined))
  const queue = useBoard((board) => board.queues.get(state.queueId)?.name ?? '')

  useEffect(
    () =>
      ticker.follow((now) => {
        if (!due || !root.current || !left.current || !word.current) return
        const pressure = pressureOf(due, now)
        const shape = pressure === 'late' && acknowledged ? 'lateAcknowledged' : pressure
        if (root.current.dataset['mark'] !== shape) {
          root.current.dataset['mark'] = shape
          mark.current?.querySelector('svg')?.setAttribute('data-mark', shape)
          mark.current?.querySelector('use')?.setAttribute('href', `#state-${shape}`)
          word.current.textContent =
            pressure === 'late'
              ? t('wall.late')
              : pressure === 'soon' || pressure === 'last'
                ? t('wall.soon')
                : pressure === 'paused'
                  ? t('wall.paused')
                  : ''
        }
        const text = due.dueAt === null ? '' : remainingText(due.dueAt, now)
        if (left.current.textContent !== text) left.current.textContent = text
      }),
    [ticker, due, acknowledged]
  )

  return (
    <li ref={root} className={styles.row} data-first={first} data-flashing={flashing}>
      <span ref={mark} className={styles.mark}>
        <StateMark mark="calm" size="100%" />
      </span>
      <span ref={left} className={styles.left} />
      <span ref={word} className={styles.word} />
      <span className={styles.kind}>{due ? t(`clock.kind.${due.kind}`) : ''}</span>
      <span className={styles.due}>{due?.dueAt ? whenOf(due.dueAt, ticker.now()) : ''}</span>
      <span className={styles.owner}>{owner ?? queue}</span>
      <span className={styles.about}>
        <span className={styles.severity}>
          <SeverityMark severity={state.severity} size="100%" />
        </span>
        <span className={styles.customer}>{visitor ? state.number : customer}</span>
        <span className={styles.subject}>{firstWords(state.subject)}</span>
      </span>
    </li>
  )
})

function firstWords(subject: string): string {
  const words = subject.split(/\s+/)
  return words.length > WORDS ? `${words.slice(0, WORDS).join(' ')} …` : subject
}
