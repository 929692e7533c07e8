import { useCallback, useId } from 'react'
import { useStore } from 'zustand'
import type { Instant } from '#shared/domain/instant.ts'
import type { Connection } from '#renderer/sync/engine-api.ts'
import { useConsole, useEngine } from '#renderer/store/console.tsx'
import { t } from '#renderer/strings/t.ts'
import { durationOf, timeOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'
import { ConnectionDetails } from './ConnectionDetails.tsx'
import styles from './ConnectionState.module.css'

/** Always in the top bar: whether what is on screen is live, since when not, and how much of one's own work still waits. */
export function ConnectionState() {
  const { drafts } = useConsole()
  const connection = useEngine((state) => state.connection)
  const storage = useEngine((state) => state.storage)
  const unsaved = useStore(drafts, (state) => state.unsaved)
  const words = useTicking(useCallback((now: Instant) => stateWords(connection, now), [connection]))
  const pending = 'pending' in connection ? connection.pending : 0
  const id = useId()

  return (
    <>
      <button
        type="button"
        className={styles.state}
        data-state={connection.state}
        data-trouble={storage !== null || unsaved !== null}
        popoverTarget={id}
        aria-label={[`${t('connection.label')}: ${words}`, ...(pending > 0 ? [t('connection.pending', { count: pending })] : [])].join(
          ', '
        )}
      >
        <span className={styles.mark} aria-hidden="true" />
        <span>{words}</span>
        {pending > 0 && <span className={styles.pending}>{t('connection.pending', { count: pending })}</span>}
      </button>
      <ConnectionDetails id={id} />
    </>
  )
}

function stateWords(connection: Connection, now: Instant): string {
  switch (connection.state) {
    case 'offline':
      return t('connection.offline', { at: timeOf(connection.since) })
    case 'connecting':
      return now - connection.since > 5_000
        ? t('connection.connectingLong', { age: durationOf(now - connection.since) })
        : t('connection.connecting')
    case 'catchingUp':
      return t('connection.catchingUp', { done: connection.done.toLocaleString('en'), total: connection.total.toLocaleString('en') })
    case 'starting':
    case 'signedOut':
    case 'live':
    case 'mustUpdate':
      return t(`connection.${connection.state}`)
  }
}
