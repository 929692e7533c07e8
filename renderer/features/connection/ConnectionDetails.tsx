import { useCallback } from 'react'
import { useStore } from 'zustand'
import type { Instant } from '#shared/domain/instant.ts'
import type { Connection } from '#renderer/sync/engine-api.ts'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { secondsOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import styles from './ConnectionState.module.css'

/** What the connection means for the person: what is safe, what waits, what happens next. */
export function ConnectionDetails({ id }: { readonly id: string }) {
  const { drafts } = useConsole()
  const connection = useEngine((state) => state.connection)
  const clock = useEngine((state) => state.clock)
  const numbers = useEngine((state) => state.numbersLeft)
  const others = useEngine((state) => state.waitingForOthers)
  const storage = useEngine((state) => state.storage)
  const unsaved = useStore(drafts, (state) => state.unsaved)
  const pending = 'pending' in connection ? connection.pending : 0

  return (
    <div id={id} popover="auto" className={styles.details}>
      {unsaved !== null && <p className={styles.trouble}>{t('connection.draftsUnsaved', { problem: unsaved })}</p>}
      {storage && <p className={styles.trouble}>{storage.message || t(`storage.${storage.problem}`)}</p>}
      <StateText connection={connection} numbers={numbers} />
      <p>{pending > 0 ? `${t('connection.pending', { count: pending })}. ${t('connection.waitingText')}` : t('connection.allSaved')}</p>
      <p className={styles.quiet}>{clockText(clock.uncertainty)}</p>
      <p className={styles.quiet}>{t('connection.numbersLeft', { count: numbers })}</p>
      {others.map((other) => (
        <p key={other.actorId} className={styles.quiet}>
          {t('connection.others', { commands: other.commands, name: other.name })}
        </p>
      ))}
    </div>
  )
}

function StateText({ connection, numbers }: { readonly connection: Connection; readonly numbers: number }) {
  const nextTryAt = connection.state === 'offline' ? connection.nextTryAt : null
  const seconds = useTicking(
    useCallback((now: Instant) => (nextTryAt === null ? null : Math.max(0, Math.ceil((nextTryAt - now) / 1_000))), [nextTryAt])
  )
  switch (connection.state) {
    case 'live':
      return <p>{t('connection.liveText', { at: secondsOf(connection.since) })}</p>
    case 'offline':
      return (
        <p>
          {t('connection.offlineText', { numbers })}{' '}
          {seconds === null || seconds === 0 ? t('connection.tryingNow') : t('connection.nextTry', { seconds })}
        </p>
      )
    case 'mustUpdate':
      return <p>{connection.message}</p>
    case 'starting':
    case 'signedOut':
    case 'connecting':
    case 'catchingUp':
      return null
  }
}

/** Above two seconds of doubt people are told (the clocks of promises are shown all the same). */
function clockText(uncertainty: number | null): string {
  if (uncertainty === null) return t('connection.clockUnknown')
  return uncertainty > 2_000
    ? t('connection.clockPoor', { uncertainty: (uncertainty / 1_000).toFixed(1) })
    : t('connection.clockGood', { uncertainty: Math.round(uncertainty) })
}
