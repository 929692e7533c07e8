import type { Logger } from './logger.ts'
import type { Timers } from './clock.ts'
import { TemporaryFault } from './desk-store.ts'
import type { Appended, DeskStore, Epoch, LogEntry, NewEntry } from './desk-store.ts'

/** A lost wake-up costs at most this. */
const POLL_EVERY = 2_000
const READ_AT_ONCE = 1_000
const KEEP_ENTRIES = 20_000
const KEEP_BYTES = 64_000_000

/** One node's view of the log's end: its newest entries in memory, so that a crowd of reconnecting consoles does not touch the database. */
export type LogTail = {
  readonly head: () => number
  readonly epochs: () => readonly Epoch[]
  readonly prunedThrough: () => number
  /** Entries after a revision that memory holds without a hole, or null when they must be read from the database. */
  readonly held: (after: number, limit: number) => readonly LogEntry[] | null
  /** What this node itself just appended. */
  readonly offer: (appended: Appended, entries: readonly NewEntry[]) => void
  /** Reads up to the log's present end. */
  readonly catchUp: () => Promise<void>
  readonly stop: () => void
}

export type TailEvents = {
  readonly grown: (entries: readonly LogEntry[]) => void
  /** The database lost entries this node had seen (it was restored): nothing remembered here holds any more. */
  readonly wentBack: () => void
}

/** Starts following the log: at once when woken by the database, within two seconds when the wake-up is lost. */
export async function followLog(store: DeskStore, timers: Timers, log: Logger, events: TailEvents): Promise<LogTail> {
  const ring: LogEntry[] = []
  let bytes = 0
  let head = 0
  let epochs: readonly Epoch[] = []
  let prunedThrough = 0
  let reading: Promise<void> | null = null
  let wokenAgain = false
  let following = false
  let stopped = false
  let cancelPoll = () => {}

  const add = (entries: readonly LogEntry[]) => {
    const fresh = entries.filter(({ revision }) => revision > head)
    if (fresh.length === 0) return
    for (const entry of fresh) {
      if (entry.revision !== head + 1) throw new Error(`the log goes from revision ${head} to ${entry.revision}`)
      head = entry.revision
      bytes += entry.bytes
      ring.push(entry)
    }
    const surplus = ring.findIndex((entry, index) => {
      const enough = ring.length - index <= KEEP_ENTRIES && bytes <= KEEP_BYTES
      if (!enough) bytes -= entry.bytes
      return enough
    })
    ring.splice(0, surplus === -1 ? ring.length : surplus)
    if (following) events.grown(fresh)
  }

  const restart = (slice: { readonly head: number }) => {
    ring.length = 0
    bytes = 0
    head = slice.head
    events.wentBack()
  }

  const readOn = async () => {
    for (let more = true; more && !stopped;) {
      const from = head
      const slice = await store.readLog(from, READ_AT_ONCE)
      const known = epochs.at(-1)
      const next = known && slice.epochs[slice.epochs.findIndex(({ epoch }) => epoch === known.epoch) + 1]
      const forgotten = known !== undefined && !slice.epochs.some(({ epoch }) => epoch === known.epoch)
      epochs = slice.epochs
      prunedThrough = slice.prunedThrough
      // Measured from where the read began: what this node appended itself meanwhile is ahead of it, and not a step back in time.
      if (slice.head < from || forgotten || (next && next.startRevision < from)) restart(slice)
      else add(slice.entries)
      more = head < slice.head
    }
  }

  const readUntilQuiet = async () => {
    try {
      do {
        wokenAgain = false
        await readOn()
      } while (wokenAgain && !stopped)
    } finally {
      // In the same step as the last look at wokenAgain, or a wake-up in between would be forgotten.
      reading = null
    }
  }

  const catchUp = async (): Promise<void> => {
    if (reading) {
      // The read under way may have begun before what the caller waits for was committed.
      wokenAgain = true
      return reading
    }
    reading = readUntilQuiet()
    return reading
  }

  const wake = () => {
    if (stopped) return
    catchUp().catch((error: unknown) => {
      if (error instanceof TemporaryFault) log.warn({ err: error }, 'The log could not be read; trying again.')
      else log.error({ err: error }, 'Reading the log failed.')
    })
  }
  const poll = () => {
    wake()
    if (!stopped) cancelPoll = timers.after(POLL_EVERY, poll)
  }

  const first = await store.readLog(Number.MAX_SAFE_INTEGER, 1)
  epochs = first.epochs
  prunedThrough = first.prunedThrough
  head = Math.max(first.prunedThrough, first.head - READ_AT_ONCE)
  // What was there before is no news.
  await readOn()
  following = true
  // What this node appended itself it mostly knows before the database tells it.
  const unsubscribe = store.onGrowth((said) => {
    if (said === undefined || said > head) wake()
  })
  cancelPoll = timers.after(POLL_EVERY, poll)

  return {
    head: () => head,
    epochs: () => epochs,
    prunedThrough: () => prunedThrough,
    held: (after, limit) => {
      if (after >= head) return []
      const oldest = ring[0]
      if (!oldest || after < oldest.revision - 1) return null
      const start = after + 1 - oldest.revision
      return ring.slice(start, start + limit)
    },
    offer: ({ epoch, base }, entries) => {
      if (epoch !== epochs.at(-1)?.epoch || base !== head) return wake()
      add(entries.map((entry, index) => ({ ...entry, revision: base + index + 1, bytes: sizeOf(entry) })))
    },
    catchUp,
    stop: () => {
      stopped = true
      cancelPoll()
      unsubscribe()
    }
  }
}

/** What an entry weighs on the wire, closely enough to keep pages within their bounds. */
function sizeOf({ facts, image }: NewEntry): number {
  return JSON.stringify(facts).length + JSON.stringify(image.state).length
}
