import { useMemo } from 'react'
import type { CaseState } from '#shared/domain/case/case.ts'
import { readClocks } from '#shared/domain/sla/clocks.ts'
import { explainDue } from '#shared/domain/sla/explain.ts'
import { useBoard } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { DueClock } from '#renderer/ui/DueClock.tsx'
import { whenOf } from '#renderer/ui/time-words.ts'
import { useTicker } from '#renderer/ui/use-ticker.ts'
import { explanationWords, readingWords } from './clock-words.ts'
import styles from './Clocks.module.css'

/** The promises that run, each with the reason for its due instant; those kept, missed or ended are folded away beneath. */
export function Clocks({ state }: { readonly state: CaseState }) {
  const ticker = useTicker()
  const policy = useBoard((board) => board.policies.get(state.policyId))
  const { running, ended } = useMemo(() => {
    if (!policy) return { running: [], ended: [] }
    const readings = readClocks(state.marks, policy, ticker.now())
    return {
      running: explainDue(state.marks, policy),
      ended: readings.filter((reading) => 'endedAt' in reading && reading.endedAt !== null)
    }
  }, [state.marks, policy, ticker])
  const now = ticker.now()

  return (
    <section className={styles.clocks} aria-label={t('case.clocks')}>
      {running.length === 0 && <p className={styles.quiet}>{t('case.noClocks')}</p>}
      {running.map((promise) => (
        <div key={promise.kind} className={styles.promise}>
          <DueClock
            kind={promise.kind}
            acknowledged={state.acknowledgedAt !== null}
            deadline={{
              startedAt: promise.startedAt,
              dueAt: promise.dueAt,
              paused: isHeld(promise.steps.at(-1), state.waiting !== null),
              pausedUntil: state.waiting?.until ?? null
            }}
          />
          <span className={styles.due}>
            {promise.dueAt === null ? t('clock.state.pausedOpen') : t('clock.state.running', { at: whenOf(promise.dueAt, now) })}
          </span>
          <span className={styles.why}>{explanationWords(promise, now)}</span>
        </div>
      ))}
      {ended.length > 0 && (
        <details className={styles.past}>
          <summary>{t('case.pastClocks', { count: ended.length })}</summary>
          <ul>
            {ended.map((reading) => (
              <li key={`${reading.kind}-${reading.cycle}-${reading.round}`} data-breached={reading.state === 'breached'}>
                <span className={styles.kind}>{t(`clock.kind.${reading.kind}`)}</span>
                {readingWords(reading, now)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** A promise is held while the last thing that moved it is a pause and the case still waits. */
function isHeld(last: { readonly step: string } | undefined, waiting: boolean): boolean {
  return waiting && last?.step === 'paused'
}
