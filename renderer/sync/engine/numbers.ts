import { LIMITS } from '#shared/protocol/version.ts'
import { LeaseReply } from '#shared/protocol/lease.ts'
import { PROVISIONAL_DRAWS, caseNumberOf, provisionalNumberOf } from '#shared/domain/case/case-number.ts'
import type { Asker, Core } from './core.ts'
import { writeVault } from './disk.ts'
import { addLeases, numbersLeft, takeNext } from './leases.ts'
import { MESSAGES } from './messages.ts'
import { put } from './store-op.ts'
import { isOutstanding, request } from './wire.ts'

/**
 * Hands out a case number. It is burnt on the disk before anybody sees it (SYNC-9); with none left, a provisional one is made up,
 * clearly marked, and stays an alias of the case for ever.
 */
export function takeNumber(core: Core, asker: Asker): void {
  const mine = core.myConsole()
  if (!mine) return core.answer(asker, { problem: MESSAGES.notSignedIn })
  const taken = takeNext(mine.blocks)
  if (!taken)
    return core.answer(asker, { number: provisionalNumberOf(Math.floor(core.ports.random() * PROVISIONAL_DRAWS)), provisional: true })
  const row = { ...mine, blocks: [...taken.blocks] }
  core.consoles.set(row.consoleId, row)
  writeVault(
    core,
    [put('console', row.consoleId, row)],
    [{ do: 'answer', asker, answer: { number: caseNumberOf(taken.serial), provisional: false } }]
  )
  core.stateChanged = true
}

/** Asks for more numbers before the last are gone. */
export function pumpLease(core: Core): void {
  const mine = core.myConsole()
  if (!mine || core.link.at !== 'up' || core.leaseResting || isOutstanding(core, 'lease')) return
  const left = numbersLeft(mine.blocks)
  if (left < LIMITS.leaseRefillBelow) request(core, 'lease', { left }, { for: 'lease' })
}

export function leaseAnswered(core: Core, value: unknown): void {
  const reply = LeaseReply.safeParse(value)
  const mine = core.myConsole()
  if (!reply.success || !mine) return leaseFailed(core)
  if (reply.data.leases.length === 0) return leaseFailed(core)
  const row = { ...mine, blocks: [...addLeases(mine.blocks, reply.data.leases)] }
  core.consoles.set(row.consoleId, row)
  writeVault(core, [put('console', row.consoleId, row)])
  core.stateChanged = true
}

/** No numbers now; asked again in a while. */
export function leaseFailed(core: Core): void {
  core.leaseResting = true
  core.do({ type: 'setTimer', timer: 'lease', delay: 30_000 })
}
