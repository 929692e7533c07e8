import { useCallback } from 'react'
import type { Instant } from '#shared/domain/instant.ts'
import type { Connection } from '#renderer/sync/engine-api.ts'
import { useEngine } from '#renderer/store/console.tsx'
import { secondsOf } from '#renderer/ui/time-words.ts'
import { useTicking } from '#renderer/ui/use-ticker.ts'

/** Older than this and the wall says so; milliseconds. */
const STALE_AFTER = 15_000

export type Liveness = {
  readonly state: 'live' | 'catchingUp' | 'stale'
  /** Local time since which nothing came in. */ readonly since: string
}

/** Whether what the wall shows is what the desk knows. */
export function useLiveness(): Liveness {
  const connection = useEngine((state) => state.connection)
  const state = useTicking(useCallback((now: Instant) => standing(connection, now), [connection]))
  return { state, since: 'since' in connection ? secondsOf(connection.since) : '' }
}

function standing(connection: Connection, now: Instant): Liveness['state'] {
  switch (connection.state) {
    case 'live':
      return 'live'
    case 'catchingUp':
      return 'catchingUp'
    case 'connecting':
    case 'offline':
      return now - connection.since > STALE_AFTER ? 'stale' : 'live'
    case 'starting':
    case 'signedOut':
    case 'mustUpdate':
      return 'stale'
  }
}
