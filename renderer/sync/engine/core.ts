import type { Instant } from '#shared/domain/instant.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Cursor } from '#shared/protocol/hello.ts'
import type { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import type { DeskInfo } from '#shared/protocol/session.ts'
import type { RequestName } from '#shared/protocol/socket-events.ts'
import type { TimelineEntry } from '#shared/protocol/timeline.ts'
import type { StorageNotice } from '../engine-api.ts'
import { Board } from './board.ts'
import type { RecordKey } from './board.ts'
import type { Effect } from './effect.ts'
import type { Fuzzy } from './fuzzy.ts'
import { Outbox } from './outbox.ts'
import type { AnswerTo, Question, QuestionName } from './question.ts'
import type { Reading } from './reading.ts'
import type { AttentionRow, ConsoleRow, Credentials, DraftRow, IdentityRow, ReplicaCursorRow, ReplicaManifestRow } from './rows.ts'
import { ServerClock } from './server-clock.ts'
import type { DatabaseRef, StoreOp } from './store-op.ts'
import type { History } from './timelines.ts'
import type { Stretch } from './stretch.ts'

/** The one thing the engine takes from outside while it works: numbers from 0 up to but not including 1. */
export type Ports = { readonly random: () => number }

/** Which window asked what. */
export type Asker = { readonly window: number; readonly ask: number }

/** What is done once a write has been reported. */
export type After =
  | { readonly do: 'inVault'; readonly commandIds: readonly string[] }
  | { readonly do: 'inJournal'; readonly commandIds: readonly string[] }
  | { readonly do: 'answer'; readonly asker: Asker; readonly answer: AnswerTo<QuestionName> }
  | { readonly do: 'loaded'; readonly generation: number }
  | { readonly do: 'flipped'; readonly generation: number }
  | { readonly do: 'folded' }

export type Ticket = {
  readonly in: DatabaseRef | 'journal'
  readonly ops: readonly StoreOp[]
  readonly after: readonly After[]
  /** Lines of the journal. */
  readonly lines?: ReadonlySet<number>
}

/** A request on the wire and what its reply is for. */
export type Outstanding = { readonly name: RequestName; readonly sentMono: number } & (
  | { readonly for: 'hello' | 'changes' | 'lease' | 'time' | 'presence' }
  | { readonly for: 'push'; readonly commandIds: readonly string[] }
  | { readonly for: 'search'; readonly asker: Asker }
  | { readonly for: 'timeline'; readonly caseIds: readonly string[] }
)

export type Call =
  | { readonly for: 'desk'; readonly signIn: { readonly asker: Asker; readonly name: string; readonly password: string } | null }
  | { readonly for: 'signIn'; readonly asker: Asker }
  | { readonly for: 'refresh' }
  | { readonly for: 'signOut' }

/** The way to the server. `link` numbers sockets, so that what a dead one still says is known for what it is (SYNC-6). */
export type Link =
  | { readonly at: 'idle' }
  | { readonly at: 'resting'; readonly until: number }
  | { readonly at: 'refreshing' }
  | { readonly at: 'opening'; readonly link: number }
  | { readonly at: 'greeting'; readonly link: number }
  | { readonly at: 'up'; readonly link: number }
  /** The server is too new for this build: it takes the outbox and nothing else. */
  | { readonly at: 'handingIn'; readonly link: number; readonly message: string }

/** The confirmed base as it lies on disk. */
export type Replica = {
  readonly generation: number
  readonly cursor: Cursor
  readonly scope: string
  /** Own commands that the base already holds though their answer is still out. */
  readonly included: ReadonlySet<string>
  /** Set while the base may hold records newer than its cursor. */
  readonly fuzzy: Fuzzy | null
  /** How many records each chunk holds. */
  readonly chunks: ReadonlyMap<string, number>
}

/** A snapshot on its way in. `staged`: the base under construction while another is still shown; null when it is shown as it comes. */
export type Loading = {
  readonly generation: number
  readonly download: number | null
  readonly begin: { readonly cursor: Cursor; readonly scope: string } | null
  readonly staged: Map<RecordKey, RecordImage> | null
  readonly chunks: ReadonlyMap<string, number>
  readonly chunkOf: Map<RecordKey, string>
  readonly received: number
  readonly total: number
  readonly resume: string | null
  readonly attempt: number
}

/** A replica being read from disk. */
export type ReadingReplica = {
  readonly generation: number
  readonly cursor: ReplicaCursorRow | null
  readonly manifest: ReplicaManifestRow | null
  readonly tail: ReadonlySet<RecordKey>
  readonly chunkOf: Map<RecordKey, string>
  readonly seen: Set<string>
  damaged: boolean
}

/** State shared by the subjects of the engine. Fields stand under the file that owns them; other files only read them. */
export class Core {
  readonly ports: Ports
  readonly board: Board
  readonly outbox = new Outbox()
  effects: Effect[] = []
  at: Reading = { mono: 0, wall: 0 }
  clock: ServerClock = new ServerClock({ mono: 0, wall: 0 }, null)
  phase: 'waiting' | 'running' | 'superseded' = 'waiting'

  // boot.ts
  installId = ''
  appVersion = ''
  serverUrl: string | null = null
  journalKept = false

  // session.ts
  identity: IdentityRow | null = null
  credentials: Credentials | null = null
  /** The server did not take the access token, however long it should have lasted. */
  tokenRefused = false
  /** The access token was issued in this run and no link has shown yet what the server's clock says. */
  tokenFresh = false
  signedOutBecause: string | null = null
  desk: DeskInfo | null = null
  readonly calls = new Map<number, Call>()

  // submit.ts, push.ts, numbers.ts
  readonly consoles = new Map<string, ConsoleRow>()
  readonly attention = new Map<string, AttentionRow>()
  pushLimit = Number.POSITIVE_INFINITY
  /** Questions that can only be answered once the replica has been read. */
  held: { readonly asker: Asker; readonly question: Question }[] = []
  pushResting = false
  leaseResting = false

  // drafts.ts
  readonly drafts = new Map<string, DraftRow>()
  /** Drafts that the journal does not hold as they are, and the lines that hold the others. */
  readonly unjournaledDrafts = new Set<string>()
  readonly draftLines = new Map<string, number>()

  // link.ts, wire.ts
  link: Link = { at: 'idle' }
  attempt = 0
  linkSince: Instant | null = null
  spread = 0
  /** What this person's console may hold, as the welcome said. */
  scope: string | null = null
  probesLeft = 0
  readonly outstanding = new Map<number, Outstanding>()

  // pull.ts, load.ts, replica-boot.ts
  replica: Replica | null = null
  head: Cursor | null = null
  /** The revision at which catching up began; null while nothing is to be caught up. */
  catchUpFrom: number | null = null
  loading: Loading | null = null
  reading: ReadingReplica | null = null
  replicaWritable = true
  /** The disk has so little room left that it is kept for what must not be lost. */
  cramped = false
  /** Records of which the disk has a newer row beside the chunks. */
  tail = new Set<RecordKey>()
  /** Which chunk of the present generation holds a record, in whatever state. */
  chunkOf = new Map<RecordKey, string>()

  // fold.ts
  /** Keys of the pages whose facts lie beside the timelines. */
  pages = new Set<string>()
  /** Something that may not be seen any more lies on the disk. */
  foldSoon = false
  folding = false
  /** The base is being written anew from memory as a generation of its own. */
  rebuilding = false

  // timelines.ts
  readonly watching = new Map<string, Set<number>>()
  readonly histories = new Map<string, History>()
  readonly recent = new Map<string, TimelineEntry[]>()
  /** Which stretches of versions the disk has of each case's history. */
  stretches = new Map<string, readonly Stretch[]>()
  /** Open cases whose history is not on the disk yet. */
  readonly unread = new Set<string>()

  // ask-server.ts
  presences: readonly Presence[] = []
  presenceReport: PresenceReport | null = null

  // disk.ts
  readonly tickets = new Map<number, Ticket>()
  readonly newest = new Map<string, number>()
  /** Vault writes that failed, gathered for the next try. */
  unwritten: { readonly ops: readonly StoreOp[]; readonly after: readonly After[] } | null = null
  vaultOps: StoreOp[] = []
  vaultAfter: After[] = []
  journalLines: { readonly line: number; readonly body: string }[] = []
  journalAfter: After[] = []
  nextLine = 1
  /** The journal was cut up to this line. */
  cutThrough = 0
  storage: StorageNotice | null = null

  // tell.ts: what the present input has changed, told when it ends
  readonly windows = new Set<number>()
  stateChanged = false
  touched = new Set<RecordKey>()
  /** Keys whose look changed without a rebase. */
  shown: RecordKey[] = []
  queueChanged = false
  baseReplaced = false
  /** Every record of the present base has been told. */
  complete = false
  completed = false

  #counter = 0

  constructor(ports: Ports) {
    this.ports = ports
    this.board = new Board((doing, error) => this.effects.push({ type: 'fault', doing, error }))
  }

  /** A number not used before in this run: links, requests, tickets, calls. */
  next(): number {
    this.#counter += 1
    return this.#counter
  }

  do(effect: Effect): void {
    this.effects.push(effect)
  }

  /** Measured server time of the present input. */
  now(): Instant {
    return this.clock.now(this.at) as Instant
  }

  answer(asker: Asker, answer: AnswerTo<QuestionName>): void {
    this.effects.push({ type: 'answer', window: asker.window, ask: asker.ask, answer })
  }

  /** These records of the base changed; pending work on them is replayed when the input ends. */
  touch(keys: Iterable<RecordKey>): void {
    for (const key of keys) this.touched.add(key)
  }

  /** The console row of the signed-in person, null when nobody is. */
  myConsole(): ConsoleRow | null {
    const me = this.identity?.me
    if (!me) return null
    for (const row of this.consoles.values()) if (row.actorId === me.id && row.deskId === this.identity?.deskId) return row
    return null
  }
}
