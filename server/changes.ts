import type { RecordImage } from '#shared/domain/record.ts'
import type { ChangesPage, ChangesReply, FeedEntry } from '#shared/protocol/changes.ts'
import type { Cursor } from '#shared/protocol/hello.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import { cursorStanding } from './cursor.ts'
import type { DeskStore, LogEntry } from './desk-store.ts'
import type { LogTail } from './log-tail.ts'
import type { Visibility } from './visibility.ts'

export type ChangesPorts = {
  readonly store: DeskStore
  readonly tail: LogTail
  /** What may be shown by everything this node has seen of the log; null when the console has to say hello again. */
  readonly visibility: () => Promise<Visibility | null>
}

/** What the log holds after a console's cursor, as far as one page goes; null when the console has to say hello again. */
export async function changesAfter(cursor: Cursor, limit: number, { store, tail, visibility }: ChangesPorts): Promise<ChangesReply | null> {
  const standing = await standingOf(cursor, tail)
  if (standing !== 'current') return { reset: standing }
  const wanted = Math.min(limit, LIMITS.entriesPerPage)
  const held = tail.held(cursor.revision, wanted)
  if (held) {
    const seen = await visibility()
    return seen && { page: pageOf(cursor, held, tail, seen) }
  }
  const slice = await store.readLog(cursor.revision, Math.min(wanted, 500))
  const again = cursorStanding(cursor, slice)
  if (again !== 'current') return { reset: again }
  // The database may be ahead of this node, by a change of rights too, which has to be known before anything after it is shown.
  if (slice.head > tail.head()) await tail.catchUp()
  const seen = await visibility()
  return seen && { page: pageOf(cursor, slice.entries, { head: () => slice.head, epochs: () => slice.epochs }, seen) }
}

/** Whether a cursor can be continued, asked of the database when this node alone cannot tell: another node may be ahead. */
export async function standingOf(cursor: Cursor, tail: LogTail): Promise<ReturnType<typeof cursorStanding>> {
  const now = () => cursorStanding(cursor, { epochs: tail.epochs(), head: tail.head(), prunedThrough: tail.prunedThrough() })
  if (now() === 'epochEnded') await tail.catchUp()
  return now()
}

/**
 * Consecutive entries as one person may see them, up to the page's bounds. Each touched record comes once, as its last entry on the
 * page leaves it; what is outside their scope comes as `gone`, so that revisions stay without a hole.
 */
export function pageOf(
  after: Cursor,
  entries: readonly LogEntry[],
  tail: Pick<LogTail, 'head' | 'epochs'>,
  visibility: Visibility,
  maxBytes: number = LIMITS.bytesPerPage
): ChangesPage {
  const shown: FeedEntry[] = []
  const images = new Map<string, RecordImage>()
  let bytes = 0
  let revision = after.revision
  for (const entry of entries) {
    bytes += entry.bytes
    if (shown.length > 0 && bytes > maxBytes) break
    const image = entry.image
    if (image === null) throw new Error(`revision ${entry.revision} was pruned although a cursor before it was served`)
    revision = entry.revision
    const key = `${entry.kind} ${entry.id}`
    if (visibility.sees(image)) {
      images.set(key, image)
      shown.push({
        revision,
        kind: entry.kind,
        id: entry.id,
        version: entry.version,
        commandId: entry.commandId,
        consoleId: entry.consoleId,
        facts: entry.facts
      })
    } else {
      images.delete(key)
      shown.push({ revision, kind: entry.kind, id: entry.id, version: entry.version, gone: true })
    }
  }
  return { after, to: { epoch: epochNow(tail, after), revision }, head: tail.head(), entries: shown, images: [...images.values()] }
}

/** Where the log ends now, as a cursor. */
export function headCursor(tail: Pick<LogTail, 'head' | 'epochs'>): Cursor | null {
  const epoch = tail.epochs().at(-1)
  return epoch ? { epoch: epoch.epoch, revision: tail.head() } : null
}

function epochNow(tail: Pick<LogTail, 'epochs'>, after: Cursor): number {
  return tail.epochs().at(-1)?.epoch ?? after.epoch
}
