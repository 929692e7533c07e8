import type { TimelineLine } from '#renderer/sync/engine-api.ts'
import { useBoard, useConsole } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { PersonBadge } from '#renderer/ui/PersonBadge.tsx'
import { timeOf, whenOf } from '#renderer/ui/time-words.ts'
import { factWords } from './fact-words.ts'
import styles from './Timeline.module.css'

/** Which lines the customer has heard: they stand out from what only the desk knows. */
const CUSTOMER_FACING = new Set(['customerUpdated', 'customerContacted', 'readBackGiven', 'caseResolved'])

export function TimelineLineView({ line }: { readonly line: TimelineLine }) {
  const { board, ticker } = useConsole()
  useBoard((state) => state.directoryVersion)
  const person = useBoard((state) => state.people.get(line.actorId))
  const { what, text, rows } = factWords(line.fact, board.getState(), ticker.now())

  return (
    <div className={styles.line} data-standing={line.standing} data-facing={CUSTOMER_FACING.has(line.fact.type)}>
      <time className={styles.time} dateTime={new Date(line.occurredAt).toISOString()}>
        {timeOf(line.occurredAt)}
      </time>
      <PersonBadge name={person?.name ?? '–'} initials={person?.initials ?? '–'} />
      <div className={styles.words}>
        <p className={styles.what}>
          <span className={styles.actor}>{person?.name ?? '–'}</span> {what}
          {line.standing !== 'confirmed' && (
            <span className={styles.standing}>{t(line.standing === 'saved' ? 'timeline.pending' : 'timeline.deciding')}</span>
          )}
          {line.late && <span className={styles.late}>{t('timeline.late', { at: whenOf(line.recordedAt, ticker.now()) })}</span>}
        </p>
        {text && <p className={styles.text}>{text}</p>}
        {rows && rows.length > 0 && (
          <dl className={styles.changes}>
            {rows.map(([column, from, to]) => (
              <div key={column}>
                <dt>{column}</dt>
                <dd>
                  {from || '–'} → {to || '–'}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  )
}
