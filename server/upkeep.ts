import type { Pool } from 'pg'
import { DAY, HOUR } from '#shared/domain/instant.ts'
import type { Clock, Timers } from './clock.ts'
import { isTemporary } from './db/fault.ts'
import { pruneImages } from './db/prune-images.ts'
import { dropExpired } from './db/refresh-token.ts'
import type { Db } from './db/tables.ts'
import type { Logger } from './logger.ts'

const EVERY = HOUR
/** A console that was away longer takes a snapshot instead of the changes. */
const IMAGES_FOR = 14 * DAY
const IMAGES_AT_MOST = 5_000_000

/** Tidies the database every hour, on whichever node comes first. Returns what stops it. */
export function startUpkeep(ports: {
  readonly pool: Pool
  readonly db: Db
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Logger
}): () => Promise<void> {
  const { pool, db, clock, timers, log } = ports
  let running: Promise<void> = Promise.resolve()
  let cancel = () => {}
  const tidy = async () => {
    try {
      const now = clock.now()
      await dropExpired(db, now)
      const pruned = await pruneImages(pool, now - IMAGES_FOR, IMAGES_AT_MOST)
      if (pruned > 0) log.info({ pruned }, 'Old images were dropped from the log; the facts stay.')
    } catch (error) {
      if (isTemporary(error)) log.warn({ err: error }, 'Tidying up was put off.')
      else log.error({ err: error }, 'Tidying up failed.')
    }
  }
  const plan = () => {
    cancel = timers.after(EVERY, () => {
      running = tidy()
      plan()
    })
  }
  plan()
  return async () => {
    cancel()
    await running
  }
}
