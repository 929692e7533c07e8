import type { Instant } from '#shared/domain/instant.ts'
import type { NumberGrant } from './desk-store.ts'
import { grantAt } from './numbers.ts'

/**
 * Hands out numbers that the same transaction uses. No console ever holds them, so a bulk load does not count as a busy day, by which
 * the numbers forgotten after a restore are estimated.
 */
export function numbersUsedAtOnce(now: Instant): NumberGrant {
  return (space, count) => {
    const granted = grantAt(now)(space, count)
    const { busiestDay, today, todayStartedAt } = space
    return { ...granted, space: { ...granted.space, busiestDay, today, todayStartedAt } }
  }
}
