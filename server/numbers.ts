import { DAY } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { NumberGrant, NumberSpace } from './desk-store.ts'

/** A quiet desk may suddenly be busy: this many numbers a day are always thought possible. */
const QUIET_DAY = 200
const MARGIN = 20

/**
 * Hands out a block of case numbers. A database that was restarted may have been restored from a backup and so may have forgotten
 * blocks that consoles hold; numbering jumps past every block it can have handed out since it was last known to be alive. The
 * numbers jumped over are kept as lost: a console that comes back with one of them is believed, anybody else is not.
 */
export function grantAt(now: Instant): NumberGrant {
  return (space, count) => {
    const jump = space.sameProcess ? 0 : numbersForgotten(space, now)
    const from = space.next + jump
    const to = from + count - 1
    const sameDay = space.todayStartedAt !== null && now - space.todayStartedAt < DAY
    const today = (sameDay ? space.today : 0) + count
    return {
      space: {
        next: to + 1,
        aliveAt: now,
        busiestDay: Math.max(space.busiestDay, today),
        today,
        todayStartedAt: sameDay ? space.todayStartedAt : now
      },
      lost: jump > 0 ? { from: space.next, to: from - 1 } : null,
      blocks: [{ from, to }]
    }
  }
}

/** An upper bound, four times the busiest day this desk ever had, for the time it cannot remember. A desk that never handed one out forgot none. */
function numbersForgotten({ aliveAt, busiestDay }: NumberSpace, now: Instant): number {
  if (aliveAt === null) return 0
  const days = Math.max(0, now - aliveAt) / DAY
  return MARGIN + Math.ceil(days * (4 * busiestDay + QUIET_DAY))
}
