import { DAY } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { NumberGrant, NumberGranted, NumberSpace } from './desk-store.ts'

/** So many numbers a desk may hand out in blocks at once, however quiet it usually is. */
const AT_ONCE = 400
/** And so many right after its database came back, because the same backup may be put back a second time. */
const AFTER_RESTART = 200
/** The jump grows this much faster than what may be handed out. */
const JUMP_FASTER = 4

/**
 * Hands out case numbers. A database that was restarted may have been restored from a backup and so may have forgotten blocks that
 * consoles hold; numbering jumps past every block it can have handed out since it was last known to be alive. The numbers jumped
 * over are kept as lost: a console that comes back with one of them is believed, anybody else is not. The jump is a true upper bound
 * because `leaseAt` keeps to a rate; two restores of one backup need four hours between them.
 */
export function grantAt(now: Instant): NumberGrant {
  return (space, count) => handOut(roll(space, now), count, now)
}

/** The same for a console's own stock: no block beyond the rate that `grantAt` jumps by. A console that gets none uses provisional numbers. */
export function leaseAt(now: Instant): NumberGrant {
  return (space, count) => {
    const rolled = roll(space, now)
    return handOut(rolled, rolled.today + count <= allowance(rolled, now) ? count : 0, now)
  }
}

type Rolled = Omit<NumberSpace, 'sameProcess' | 'todayStartedAt'> & {
  readonly todayStartedAt: Instant
  readonly lost: NumberGranted['lost']
}

function handOut(rolled: Rolled, count: number, now: Instant): NumberGranted {
  const { next, busiestDay, today, todayStartedAt, lost } = rolled
  return {
    space: { next: next + count, aliveAt: now, busiestDay, today: today + count, todayStartedAt },
    lost,
    blocks: count > 0 ? [{ from: next, to: next + count - 1 }] : []
  }
}

/** The space as it stands now: after the jump of a database that came back, in the day that `now` belongs to. */
function roll(space: NumberSpace, now: Instant): Rolled {
  const { next, aliveAt, busiestDay, today, todayStartedAt } = space
  const busiest = Math.max(busiestDay, today > AT_ONCE ? today : 0)
  if (!space.sameProcess && aliveAt !== null) {
    const from = next + numbersForgotten(busiest, now - aliveAt)
    const lost = { from: next, to: from - 1 }
    return { next: from, aliveAt, busiestDay: busiest, today: AT_ONCE - AFTER_RESTART, todayStartedAt: now, lost }
  }
  if (todayStartedAt !== null && now - todayStartedAt < DAY) return { next, aliveAt, busiestDay, today, todayStartedAt, lost: null }
  return { next, aliveAt, busiestDay: busiest, today: 0, todayStartedAt: now, lost: null }
}

/** How many numbers may have been handed out, up to now, since the day began. */
function allowance({ busiestDay, todayStartedAt }: Rolled, now: Instant): number {
  return AT_ONCE + (perDay(busiestDay) * Math.max(0, now - todayStartedAt)) / DAY
}

/** An upper bound for what was handed out in the time that the database cannot remember. */
function numbersForgotten(busiestDay: number, elapsed: number): number {
  return 2 * AT_ONCE + Math.ceil((JUMP_FASTER * perDay(busiestDay) * Math.max(0, elapsed)) / DAY)
}

function perDay(busiestDay: number): number {
  return Math.max(AT_ONCE, 4 * busiestDay)
}
