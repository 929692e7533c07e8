import type { Lease } from '#shared/protocol/hello.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import type { Clock } from './clock.ts'
import type { DeskStore } from './desk-store.ts'
import { leaseAt } from './numbers.ts'

/** A block of case numbers for a console that runs low, its own for ever; none for one that holds enough. */
export async function leaseBlocks(consoleId: string, left: number, store: DeskStore, clock: Clock): Promise<readonly Lease[]> {
  if (left >= LIMITS.leaseRefillBelow) return []
  return store.leaseNumbers(consoleId, LIMITS.leaseSize, leaseAt(clock.now()))
}
