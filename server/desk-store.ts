import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { Refusal } from '#shared/domain/refusal.ts'
import type { Answer } from '#shared/protocol/push.ts'

/**
 * Everything the desk's server asks of its database. The real one is db/pg-desk-store.ts; a simulation puts a model with the same
 * locking and visibility behind it. Every method may throw a TemporaryFault; anything else thrown is a bug.
 */
export type DeskStore = {
  readonly begin: (wanted: Wanted) => Promise<DeskTransaction>
  /** Committed entries with a revision above `after`, in order, at most `limit`, with the epochs and head of the same instant. */
  readonly readLog: (after: number, limit: number) => Promise<LogSlice>
  readonly readDirectory: () => Promise<DirectoryImages>
  /** Registers the console for this person when it is new and tells where it stands. */
  readonly openConsole: (key: ConsoleKey, appVersion: string, now: Instant) => Promise<ConsoleStanding>
  /** Notes that these consoles were connected, with nothing waiting, at these instants. */
  readonly noteContacts: (contacts: readonly { readonly key: ConsoleKey; readonly at: Instant }[]) => Promise<void>
  /** Runs `grant` on the number space under its lock and keeps what it returns; blocks belong to the console for ever. */
  readonly leaseNumbers: (consoleId: string, count: number, grant: NumberGrant) => Promise<readonly NumberBlock[]>
  readonly readTimelines: (caseIds: readonly string[]) => Promise<readonly StoredTimeline[]>
  readonly searchCases: (search: CaseSearch) => Promise<readonly RecordImage<'case'>[]>
  readonly countSnapshot: (view: SnapshotView) => Promise<number>
  readonly snapshotPage: (view: SnapshotView, phase: SnapshotPhase, after: string | null, limit: number) => Promise<SnapshotPage>
  /** Calls back whenever the log may have grown, with its head when that is known. A wake-up may be lost or come for nothing. */
  readonly onGrowth: (wake: (head?: number) => void) => () => void
}

/** A transaction begins by locking its consoles in key order. */
export type Wanted = {
  readonly consoles: readonly ConsoleKey[]
  readonly commandIds: readonly string[]
  /** Also serialise with every other change of people, queues and policies. */
  readonly directory: boolean
  /** Records to lock, in key order after the consoles, and records to read beside them, all in the same round trip. */
  readonly lock?: readonly RecordRef[]
  readonly read?: readonly RecordRef[]
}

export type DeskTransaction = {
  /** As they stand under the lock. A console that was never seen stands at 0. */
  readonly consoles: readonly ConsoleStanding[]
  /** What was answered before, by command id. */
  readonly answered: ReadonlyMap<string, StoredAnswer>
  /** The wanted records as they stand under their locks; absent ones are left out. */
  readonly records: readonly RecordImage[]
  /** Grows whenever a person, queue or policy changes. */
  readonly directoryRevision: number
  /** Locks records in key order, creating nothing; absent ones are left out. */
  readonly lockRecords: (refs: readonly RecordRef[]) => Promise<readonly RecordImage[]>
  readonly readRecords: (refs: readonly RecordRef[]) => Promise<readonly RecordImage[]>
  readonly numberStandings: (asked: readonly NumberQuestion[]) => Promise<readonly StoredNumber[]>
  /** Takes `count` fresh numbers for this console. */
  readonly takeNumbers: (consoleId: string, count: number, grant: NumberGrant) => Promise<readonly number[]>
  /** Which of these command ids the log holds. */
  readonly loggedCommands: (commandIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** How many open cases name each of these customers, queues or persons. */
  readonly openCaseCounts: (refs: readonly RecordRef[]) => Promise<readonly number[]>
  /** The newest entry of each record after a revision that another console made. */
  readonly newestByOthers: (asked: readonly OthersQuestion[]) => Promise<readonly (OvertakingEntry | null)[]>
  /** Hands out revisions under the log's lock, taken last, writes everything and commits, all in one round trip. */
  readonly appendAndCommit: (batch: Batch) => Promise<Appended>
  readonly rollback: () => Promise<void>
}

/** Sequences are counted per installation and person, so one person's waiting outbox never holds up another's. */
export type ConsoleKey = { readonly consoleId: string; readonly personId: string }
export type ConsoleStanding = ConsoleKey & {
  readonly lastSequence: number
  /** The last instant at which this console was connected with nothing waiting (SLA-11); null: never. */
  readonly lastContactAt: Instant | null
}

export type NewEntry = {
  readonly kind: RecordImage['kind']
  readonly id: string
  readonly version: number
  readonly facts: readonly LoggedFact[]
  readonly image: RecordImage
  readonly actorId: string
  readonly commandId: string | null
  readonly consoleId: string | null
  readonly recordedAt: Instant
}
/** `image` is null once it was pruned from an old entry. */
export type LogEntry = Omit<NewEntry, 'image'> & { readonly revision: number; readonly image: RecordImage | null; readonly bytes: number }

export type Epoch = { readonly epoch: number; readonly startRevision: number }

export type LogSlice = {
  readonly entries: readonly LogEntry[]
  readonly head: number
  /** Oldest first. Empty on a desk nothing was ever written to. */
  readonly epochs: readonly Epoch[]
  /** Entries up to here have lost their images. */
  readonly prunedThrough: number
}

/** An answer before its revision is known: `offset` entries of its own batch come before or with it. */
export type NewAnswer = {
  readonly key: ConsoleKey
  readonly commandId: string
  readonly sequence: number
  readonly offset: number
  readonly body: AnswerBody
  /** The whole refused command as JSON text, so that nothing typed is ever lost. */
  readonly refusedCommand: string | null
}
export type AnswerBody =
  | { readonly outcome: 'accepted'; readonly number: string | null }
  | { readonly outcome: 'refused'; readonly refusal: Refusal; readonly overtakenBy: Overtaking | null }
export type Overtaking = NonNullable<Extract<Answer, { outcome: 'refused' }>['overtakenBy']>
export type StoredAnswer = { readonly commandId: string; readonly revision: number; readonly body: AnswerBody }

export type Batch = {
  readonly entries: readonly NewEntry[]
  readonly answers: readonly NewAnswer[]
  readonly consoles: readonly (ConsoleKey & { readonly lastSequence: number })[]
}
/** The batch took the revisions `base + 1 … base + entries.length`. */
export type Appended = { readonly epoch: number; readonly base: number }

export type DirectoryImages = { readonly revision: number; readonly images: readonly RecordImage<'person' | 'queue' | 'policy'>[] }

/** A block of case numbers before the check digit, both ends included. */
export type NumberBlock = { readonly from: number; readonly to: number }
/** The number space as its row holds it, with what the store knows of itself now. */
export type NumberSpace = {
  readonly next: number
  /** What happened to the database since it last handed numbers out. A restart of storage that was put back unseen looks like any other. */
  readonly since: 'same' | 'restarted' | 'restored'
  /** The last instant at which this database is known to have been in use. */
  readonly aliveAt: Instant
  /** The most numbers ever handed out within a day. */
  readonly busiestDay: number
  readonly today: number
  readonly todayStartedAt: Instant | null
}
/** `lost`: numbers that may have been handed out before the database went back in time. `blocks`: what is handed out now. */
export type NumberGranted = {
  readonly space: Omit<NumberSpace, 'since'>
  readonly lost: NumberBlock | null
  readonly blocks: readonly NumberBlock[]
}
export type NumberGrant = (space: NumberSpace, count: number) => NumberGranted

/** `serial` is null for a number that is not one of ours. */
export type NumberQuestion = { readonly number: string; readonly serial: number | null }
export type StoredNumber = {
  readonly number: string
  readonly taken: boolean
  /** Whose it is: a console's, possibly anybody's since the database went back in time after handing it out, or nobody's. */
  readonly lease: { readonly consoleId: string } | 'lost' | null
}

export type OthersQuestion = { readonly ref: RecordRef; readonly after: number; readonly consoleId: string }
export type OvertakingEntry = { readonly actorId: string; readonly facts: readonly LoggedFact[] }

export type StoredTimeline = {
  readonly caseId: string
  readonly image: RecordImage<'case'>
  readonly entries: readonly { readonly revision: number; readonly version: number; readonly facts: readonly LoggedFact[] }[]
}

export type CaseSearch = { readonly text: string; readonly limit: number; readonly hiddenQueueIds: readonly string[] }

/** What of the desk a snapshot holds: `changedSince` bounds the cases that are no longer open. */
export type SnapshotView = { readonly contacts: boolean; readonly hiddenQueueIds: readonly string[]; readonly changedSince: Instant }
export const SNAPSHOT_PHASES = ['person', 'queue', 'policy', 'customer', 'contact', 'item', 'openCase', 'recentCase'] as const
export type SnapshotPhase = (typeof SNAPSHOT_PHASES)[number]
/** `images` is the inside of a JSON array, ready to be sent; `last` the key to go on after, null when the phase is done. */
export type SnapshotPage = { readonly images: string; readonly count: number; readonly last: string | null }

/** The database could not serve this now but may soon: a conflict, a lost connection, a restart. Nothing is known of a commit that was under way. */
export class TemporaryFault extends Error {
  readonly conflict: boolean
  constructor(message: string, options: { readonly conflict: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'TemporaryFault'
    this.conflict = options.conflict
  }
}
