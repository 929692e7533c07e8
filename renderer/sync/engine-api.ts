import type { Command } from '#shared/domain/command.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { Refusal } from '#shared/domain/refusal.ts'
import type { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import type { Answer } from '#shared/protocol/push.ts'
import type { DeskInfo } from '#shared/protocol/session.ts'

/**
 * What a window may ask of the machine's one engine (a SharedWorker) and what the engine tells every window. The window's side is
 * EngineClient (engine-client.ts); the worker's side is engine.worker.ts around the pure engine (engine.ts).
 */

/** Connection as people are told it (ui.md, top bar). Instants are server time as measured. */
export type Connection =
  | { readonly state: 'starting' }
  /** With `me` still known: the session has ended or was not kept; the desk can be worked on offline, a sign-in is needed to connect. */
  | { readonly state: 'signedOut'; readonly problem: string | null }
  | { readonly state: 'connecting'; readonly since: Instant; readonly pending: number }
  | { readonly state: 'offline'; readonly since: Instant; readonly pending: number; readonly nextTryAt: Instant | null }
  | { readonly state: 'catchingUp'; readonly done: number; readonly total: number; readonly pending: number }
  | { readonly state: 'live'; readonly since: Instant; readonly pending: number }
  /** The server no longer speaks to this version; work goes on offline, the outbox is handed in, then update. */
  | { readonly state: 'mustUpdate'; readonly message: string; readonly pending: number }

/** Server time = performance time + offset, known within ± uncertainty (milliseconds); null before the first probe. */
export type ServerClock = { readonly offset: number; readonly uncertainty: number | null }

/** What became of a command here. `saved` settles when it is on this computer in both outbox and journal, `confirmed` when the server answered. */
export type Submitted =
  | {
      readonly accepted: true
      readonly commandId: CommandId
      readonly record: RecordRef
      readonly saved: Promise<void>
      readonly confirmed: Promise<Answer>
    }
  | { readonly accepted: false; readonly refusal: Refusal }

/** A refused command in Needs attention: everything that was typed, why, and what came between. */
export type Attention = {
  readonly command: Command
  readonly refusal: Refusal
  readonly overtakenBy: Extract<Answer, { outcome: 'refused' }>['overtakenBy']
  readonly refusedAt: Instant
}

/** The visible desk: confirmed base + this console's pending commands replayed on it. `pending` counts unconfirmed commands behind the image. */
export type BoardRecord = RecordImage & { readonly pending: number }
/**
 * `reset` forgets everything and begins anew with its records; while `complete` is false the rest of that load follows as `changed`
 * (directory and open cases first), and the change that ends the load says `complete: true`, as does every later one.
 */
export type BoardChange =
  | { readonly kind: 'reset'; readonly records: readonly BoardRecord[]; readonly complete: boolean }
  | { readonly kind: 'changed'; readonly records: readonly BoardRecord[]; readonly gone: readonly RecordRef[]; readonly complete: boolean }

export type TimelineLine = LoggedFact & { readonly standing: 'confirmed' | 'saved' | 'deciding'; readonly revision: number | null }
export type CaseTimeline = {
  readonly caseId: string
  readonly state: 'loading' | 'complete' | 'partial'
  readonly lines: readonly TimelineLine[]
}

export type Draft = {
  readonly id: string
  readonly kind: 'intake' | 'composer' | 'other'
  readonly caseId: string | null
  readonly body: { readonly [field: string]: unknown }
  readonly changedAt: number
}

/** Storage trouble people must hear about; the outbox is kept in each case. */
export type StorageNotice = {
  readonly problem: 'full' | 'evicted' | 'corruptChunk' | 'journalUnwritable' | 'locked'
  readonly message: string
  readonly at: Instant
}

/** Where this computer has no keyring, what lies on its disk is opened with a passphrase; until then nothing of it can be shown. */
export type DiskLock =
  | { readonly state: 'open' }
  | { readonly state: 'passphraseNeeded'; readonly first: boolean; readonly problem: string | null }

export type EngineState = {
  readonly lock: DiskLock
  readonly me: Person | null
  readonly connection: Connection
  readonly clock: ServerClock
  readonly numbersLeft: number
  readonly attention: readonly Attention[]
  /** Outbox entries of other people on this machine, waiting for their owner. */
  readonly waitingForOthers: readonly { readonly actorId: string; readonly name: string; readonly commands: number }[]
  readonly storage: StorageNotice | null
  readonly desk: DeskInfo | null
}

/** The window's handle on the engine. Every promise settles or rejects with an Error whose message is a sentence for people. */
export type EngineClient = {
  readonly state: () => EngineState
  readonly onState: (listener: (state: EngineState) => void) => () => void
  readonly onBoard: (listener: (change: BoardChange) => void) => () => void
  readonly onPresence: (listener: (presences: readonly Presence[]) => void) => () => void
  /** Opens the disk where `state().lock` asks for it. `first`: no passphrase was chosen yet on this computer, this one becomes it. */
  readonly unlock: (passphrase: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: string }>
  readonly signIn: (name: string, password: string) => Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: string }>
  readonly signOut: () => Promise<void>
  /** Decides at once on the visible state; `saved` settles when outbox and journal both hold it, `confirmed` when the server answered. */
  readonly submit: <T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>) => Promise<Submitted>
  /** A case number for a new intake; taken numbers are burnt. `provisional` when the lease is used up offline. */
  readonly takeNumber: () => Promise<{ readonly number: string; readonly provisional: boolean }>
  readonly watchTimeline: (caseId: string, listener: (timeline: CaseTimeline) => void) => () => void
  readonly searchServer: (
    text: string,
    limit: number
  ) => Promise<{ readonly cases: readonly RecordImage<'case'>[]; readonly more: boolean } | { readonly unavailable: true }>
  readonly drafts: () => Promise<readonly Draft[]>
  /** Resolves when the draft is on disk; call at every keystroke, the client coalesces to the newest within 100 ms. */
  readonly saveDraft: (draft: Draft) => Promise<void>
  readonly dropDraft: (id: string) => Promise<void>
  readonly applyAgain: (commandId: CommandId) => Promise<Submitted>
  readonly discard: (commandId: CommandId) => Promise<void>
  readonly reportPresence: (report: PresenceReport) => void
  /** Measured server time now. */
  readonly now: () => Instant
}
