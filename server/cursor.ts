import type { Cursor } from '#shared/protocol/hello.ts'
import type { Epoch } from './desk-store.ts'

type End = { readonly epochs: readonly Epoch[]; readonly head: number; readonly prunedThrough: number }

/** Whether a console's cursor can be continued. It cannot when its epoch is unknown or ended before it: the desk went back in time since. */
export function cursorStanding(cursor: Cursor, { epochs, head, prunedThrough }: End): 'current' | 'cursorTooOld' | 'epochEnded' {
  const index = epochs.findIndex(({ epoch }) => epoch === cursor.epoch)
  if (index === -1) return 'epochEnded'
  const end = epochs[index + 1]?.startRevision ?? head
  if (cursor.revision > end) return 'epochEnded'
  return cursor.revision < prunedThrough ? 'cursorTooOld' : 'current'
}
