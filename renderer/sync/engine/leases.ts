import type { Lease } from '#shared/protocol/hello.ts'
import type { ConsoleRow } from './rows.ts'

type Block = ConsoleRow['blocks'][number]

/** How many numbers are left to hand out. */
export function numbersLeft(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + Math.max(0, block.to - block.next + 1), 0)
}

/** Adds leased blocks. One that overlaps a known block is left out, a used-up one too: its numbers are burnt. */
export function addLeases(blocks: readonly Block[], leases: readonly Lease[]): readonly Block[] {
  const added = leases.filter(
    (lease) => lease.from <= lease.to && !blocks.some((block) => lease.from <= block.to && block.from <= lease.to)
  )
  return [...blocks, ...added.map((lease) => ({ from: lease.from, to: lease.to, next: lease.from }))]
}

/** Takes the next number; it is burnt from here on, whatever becomes of the intake (SYNC-9). Null: none is left. */
export function takeNext(blocks: readonly Block[]): { readonly serial: number; readonly blocks: readonly Block[] } | null {
  const index = blocks.findIndex((block) => block.next <= block.to)
  const block = blocks[index]
  if (!block) return null
  return { serial: block.next, blocks: blocks.with(index, { ...block, next: block.next + 1 }) }
}
