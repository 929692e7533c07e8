import { DAY } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { NumberGrant, NumberGranted, NumberSpace } from './desk-store.ts'

/** So many numbers a desk may hand out in blocks at once: 2,500 consoles can be set up in an hour. */
const AT_ONCE = 50_000
/** And this many more every second. */
const PER_SECOND = 1
/** So many right after a restore, because the same backup may be put back a second time. */
const AFTER_RESTORE = 1_000
/** The jump after a restore grows this much faster than what may be handed out. */
const JUMP_FASTER = 4
/** The least that a restart jumps by, and the least that is thought of as a busy day. */
const RESTART_MARGIN = 20
const QUIET_DAY = 50

/**
 * Hands out case numbers, past every one that may have been handed out and forgotten. A restored database has forgotten what it did
 * since its backup; `leaseAt` keeps to a rate, so what that can have been is bounded, and numbering jumps past it (two restores of one
 * backup need six minutes between them). A restart forgets nothing, unless the storage beneath was put back without a trace: it
 * jumps by four times what the desk's busiest day makes likely for the time it was down. Numbers jumped over are kept as lost:
 * a console that comes back with one of them is believed, anybody else is not.
 */
export function grantAt(now: Instant): NumberGrant {
  return (space, count) => handOut(roll(space, now), count, now)
}

/** The same for a console's own stock: no block beyond the rate that a restore jumps by. A console that gets none uses provisional numbers. */
export function leaseAt(now: Instant): NumberGrant {
  return (space, count) => {
    const rolled = roll(space, now)
    return handOut(rolled, rolled.today + count <= allowance(rolled, now) ? count : 0, now)
  }
}

type Rolled = Omit<NumberSpace, 'since' | 'todayStartedAt'> & {
  readonly todayStartedAt: Instant
  readonly lost: NumberGranted['lost']
}

function handOut(rolled: Rolled, count: number, now: Instant): NumberGranted {
  const { next, busiestDay, todayStartedAt, lost } = rolled
  const today = rolled.today + count
  return {
    space: { next: next + count, aliveAt: now, busiestDay: Math.max(busiestDay, today), today, todayStartedAt },
    lost,
    blocks: count > 0 ? [{ from: next, to: next + count - 1 }] : []
  }
}

/** The space as it stands now: after the jump of a database that came back, in the day that `now` belongs to. */
function roll(space: NumberSpace, now: Instant): Rolled {
  const { next, aliveAt, busiestDay, today, todayStartedAt } = space
  const down = Math.max(0, now - aliveAt)
  const sameDay = todayStartedAt !== null && now - todayStartedAt < DAY
  const day = sameDay ? { today, todayStartedAt } : { today: 0, todayStartedAt: now }
  switch (space.since) {
    case 'same':
      return { next, aliveAt, busiestDay, ...day, lost: null }
    case 'restarted': {
      const from = next + RESTART_MARGIN + Math.ceil((JUMP_FASTER * Math.max(QUIET_DAY, busiestDay) * down) / DAY)
      return { next: from, aliveAt, busiestDay, ...day, lost: { from: next, to: from - 1 } }
    }
    case 'restored': {
      const from = next + 2 * AT_ONCE + Math.ceil((JUMP_FASTER * PER_SECOND * down) / 1_000)
      return { next: from, aliveAt, busiestDay, today: AT_ONCE - AFTER_RESTORE, todayStartedAt: now, lost: { from: next, to: from - 1 } }
    }
  }
}

/** How many numbers may have been handed out, up to now, since the day began. */
function allowance({ todayStartedAt }: Rolled, now: Instant): number {
  return AT_ONCE + (PER_SECOND * Math.max(0, now - todayStartedAt)) / 1_000
}
