import { z } from 'zod'
import type { PersonId } from '#shared/domain/identity.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { may } from '#shared/domain/permission/ability.ts'
import { ChangesRequest } from '#shared/protocol/changes.ts'
import type { ChangesPage, Poke } from '#shared/protocol/changes.ts'
import { Hello } from '#shared/protocol/hello.ts'
import { LeaseRequest } from '#shared/protocol/lease.ts'
import { PresenceReport } from '#shared/protocol/presence.ts'
import type { Presence } from '#shared/protocol/presence.ts'
import type { Problem } from '#shared/protocol/problem.ts'
import { Push } from '#shared/protocol/push.ts'
import { SearchRequest } from '#shared/protocol/search.ts'
import type { ReplyOf, RequestName } from '#shared/protocol/socket-events.ts'
import { TimelineRequest } from '#shared/protocol/timeline.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import { changesAfter, headCursor, pageOf } from './changes.ts'
import type { Clock, Timers } from './clock.ts'
import { contactBook } from './contacts.ts'
import type { Contact } from './contacts.ts'
import { TemporaryFault } from './desk-store.ts'
import type { ConsoleKey, ConsoleStanding, DeskStore, Epoch } from './desk-store.ts'
import { THIS_BUILD, welcome } from './hello.ts'
import type { DeskIdentity, Speaks } from './hello.ts'
import { leaseBlocks } from './leases.ts'
import { followLog } from './log-tail.ts'
import type { Logger } from './logger.ts'
import { presenceBoard } from './presence.ts'
import { problem, served } from './problem.ts'
import { pushQueue } from './push-queue.ts'
import { search, timelines } from './reading.ts'
import { keepDirectory } from './small-directory.ts'
import { visibilityOf } from './visibility.ts'
import type { Visibility } from './visibility.ts'

/** The wire under one connected console. */
export type Line = {
  readonly personId: string
  /** Bytes handed over and not yet gone out: a console that cannot keep up is not poked, it will pull. */
  readonly waitingBytes: () => number
  /** Cuts the connection; `why` null means that the console shall simply say hello again. */
  readonly close: (why: Problem | null) => void
}

/** Sends one message to many lines, encoded once. */
export type Broadcast = {
  readonly poke: (lines: readonly Line[], poke: Poke) => void
  readonly presences: (lines: readonly Line[], presences: readonly Presence[]) => void
}

/** Requests of one console. Every one is parsed here and answered; none throws. */
export type Connection = {
  readonly ask: <N extends RequestName>(name: N, request: unknown) => Promise<ReplyOf<N>>
  readonly closed: () => void
}

export type DeskNode = {
  readonly connect: (line: Line) => Connection
  /** A person as the desk has them now, read afresh when this node may be behind. */
  readonly person: (id: string) => Promise<Person | undefined>
  readonly visibility: (person: Person) => Visibility
  readonly cursor: () => ReturnType<typeof headCursor>
  /** Where the log ends, as this node knows it. */
  readonly end: () => { readonly epochs: readonly Epoch[]; readonly head: number; readonly prunedThrough: number }
  readonly heardPresence: (presence: Presence) => void
  readonly connections: () => number
  /** Ends every line of one person, or those for which `which` says so. */
  readonly closeLines: (which: (line: Line) => boolean, why: Problem | null) => void
  readonly catchUp: () => Promise<void>
  /** Answers what was accepted, then stops following the log. */
  readonly stop: () => Promise<void>
}

export type NodePorts = {
  readonly store: DeskStore
  readonly clock: Clock
  readonly timers: Timers
  readonly log: Logger
  readonly desk: DeskIdentity
  readonly broadcast: Broadcast
  /** Tells the other nodes where one console's person is. */
  readonly sharePresence?: (presence: Presence) => void
  readonly onBatch?: (commands: number, milliseconds: number) => void
  readonly speaks?: Speaks
}

/** A poke costs a message to each console: few consoles hear of every change almost at once, a thousand twenty times a second. */
const POKE_EVERY = { least: 10, most: 50, perConsole: 0.04 }
const SLOW_LINE = 1_000_000
const RECHECK_SLOW = 500

type Guest = {
  readonly line: Line
  key: ConsoleKey | null
  standing: ConsoleStanding | null
  contact: Contact | null
  visibility: Visibility | null
  /** Wants pokes: hello was answered with a welcome. */
  following: boolean
  missedPoke: boolean
  pushing: boolean
}

/** One server node without its network: everything between a connected console and the store. */
export async function startDeskNode(ports: NodePorts): Promise<DeskNode> {
  const { store, clock, timers, log, broadcast } = ports
  const speaks = ports.speaks ?? THIS_BUILD
  const guests = new Set<Guest>()
  const directory = keepDirectory(store)
  const presence = presenceBoard(clock)
  const contacts = contactBook(store, clock, timers, log)
  let pokedTo = 0
  let directoryWanted = 0
  let refreshing: Promise<void> = Promise.resolve()
  let pokePlanned = false
  let recheckPlanned = false
  let lastPokeAt = 0
  let stopping = false

  const tail = await followLog(store, timers, log, {
    grown: (entries) => {
      const small = entries.findLast(({ kind }) => kind === 'person' || kind === 'queue' || kind === 'policy')
      if (small) refreshing = refreshDirectory(small.revision)
      else planPoke()
    },
    wentBack: () => {
      log.warn({}, 'The database went back in time (it was restored). Every console is asked to say hello again.')
      pokedTo = 0
      closeLines(() => true, null)
      directory.forget()
      directoryWanted = 0
      refreshing = refreshDirectory(0)
    }
  })
  pokedTo = tail.head()
  await directory.at(0)

  const queue = pushQueue({
    store,
    clock,
    timers,
    directory,
    log,
    onAppended: (appended, entries) => tail.offer(appended, entries),
    ...(ports.onBatch ? { onBatch: ports.onBatch } : {})
  })

  async function refreshDirectory(revision: number): Promise<void> {
    directoryWanted = Math.max(directoryWanted, revision)
    try {
      await directory.at(revision)
    } catch (error) {
      log.warn({ err: error }, 'The directory could not be read; trying again.')
      timers.after(500, () => {
        refreshing = refreshDirectory(Math.min(revision, directoryWanted))
      })
      return
    }
    for (const guest of guests) {
      const person = directory.now().person(guest.line.personId as PersonId)
      const visibility = person?.active ? visibilityOf(person, directory.now()) : null
      if (!visibility)
        drop(guest, { code: 'unauthenticated', message: 'This account was closed. Work done on this console is kept.', retryAfter: null })
      // Another scope needs another replica; hello says so. A line that has not said hello yet takes the new scope anyway.
      else if (guest.visibility && visibility.scope !== guest.visibility.scope) drop(guest, null)
      // The same scope of a newer directory: its new queues are known.
      else if (guest.visibility) guest.visibility = visibility
    }
    planPoke()
  }

  /** Whether every change of people and queues that this node has seen in the log is reckoned with. */
  async function rightsKnown(): Promise<boolean> {
    await refreshing
    return directory.now().revision >= directoryWanted
  }

  function drop(guest: Guest, why: Problem | null): void {
    guest.following = false
    guest.line.close(why)
  }

  function closeLines(which: (line: Line) => boolean, why: Problem | null): void {
    for (const guest of guests) if (which(guest.line)) drop(guest, why)
  }

  /** At once when it was quiet, gathered when it is not. */
  function planPoke(): void {
    if (pokePlanned) return
    const every = Math.min(POKE_EVERY.most, POKE_EVERY.least + guests.size * POKE_EVERY.perConsole)
    const wait = lastPokeAt + every - clock.now()
    if (wait <= 0 || wait > every) return poke()
    pokePlanned = true
    timers.after(wait, poke)
  }

  function poke(): void {
    pokePlanned = false
    // What is new may be for other eyes than before; the refresh under way ends with a poke.
    if (directory.now().revision < directoryWanted) return
    lastPokeAt = clock.now()
    const head = headCursor(tail)
    if (!head || head.revision <= pokedTo) return
    const from = { epoch: head.epoch, revision: pokedTo }
    pokedTo = head.revision
    const entries = tail.held(from.revision, LIMITS.entriesPerPage)
    const small = entries !== null && entries.reduce((sum, { bytes }) => sum + bytes, 0) <= LIMITS.bytesPerPoke
    for (const [visibility, lines] of listeners()) {
      const page: ChangesPage | null = small ? pageOf(from, entries, tail, visibility) : null
      broadcast.poke(lines, { head, page })
    }
  }

  /** Those who keep up, by what they may see. The others are looked at again soon and poked without a page. */
  function listeners(): ReadonlyMap<Visibility, readonly Line[]> {
    const scopes = new Map<string, { readonly visibility: Visibility; readonly lines: Line[] }>()
    for (const guest of guests) {
      if (!guest.following || !guest.visibility) continue
      if (guest.line.waitingBytes() > SLOW_LINE) {
        guest.missedPoke = true
        planRecheck()
        continue
      }
      const { scope } = guest.visibility
      const group = scopes.get(scope) ?? { visibility: guest.visibility, lines: [] }
      group.lines.push(guest.line)
      scopes.set(scope, group)
    }
    return new Map([...scopes.values()].map(({ visibility, lines }) => [visibility, lines]))
  }

  function planRecheck(): void {
    if (recheckPlanned || stopping) return
    recheckPlanned = true
    timers.after(RECHECK_SLOW, () => {
      recheckPlanned = false
      const head = headCursor(tail)
      const behind = [...guests].filter(({ missedPoke, following }) => missedPoke && following)
      const ready = behind.filter(({ line }) => line.waitingBytes() <= SLOW_LINE)
      for (const guest of ready) guest.missedPoke = false
      if (head && ready.length > 0)
        broadcast.poke(
          ready.map(({ line }) => line),
          { head, page: null }
        )
      if (ready.length < behind.length) planRecheck()
    })
  }

  function tellPresences(): void {
    const lines = [...guests].filter(({ following, line }) => following && line.waitingBytes() <= SLOW_LINE).map(({ line }) => line)
    if (lines.length > 0) broadcast.presences(lines, presence.list())
  }

  function notePresence(changed: Presence): void {
    ports.sharePresence?.(changed)
    tellPresences()
  }

  async function person(id: string): Promise<Person | undefined> {
    return directory.now().person(id as PersonId) ?? (await directory.reread()).person(id as PersonId)
  }

  async function catchUp(): Promise<void> {
    await tail.catchUp()
    await directory.at(directoryWanted)
  }

  function connect(line: Line): Connection {
    const guest: Guest = {
      line,
      key: null,
      standing: null,
      contact: null,
      visibility: null,
      following: false,
      missedPoke: false,
      pushing: false
    }
    guests.add(guest)

    const me = async () => {
      const found = await person(line.personId)
      return found?.active ? found : null
    }
    const signedOut = () => problem('unauthenticated', 'This account cannot use the desk any more. Work done on this console is kept.')
    const first = () => problem('badRequest', 'Say hello first.')

    const serve: { readonly [N in RequestName]: (request: unknown) => Promise<ReplyOf<N>> } = {
      time: async () => served({ serverTime: clock.now() }),

      hello: async (request) => {
        const hello = parse(Hello, request)
        if (!hello.ok) return hello
        const actor = await me()
        if (!actor) return signedOut()
        const visibility = visibilityOf(actor, directory.now())
        const key = { consoleId: hello.value.consoleId, personId: actor.id }
        const { reply, standing } = await welcome(hello.value, actor, visibility, {
          store,
          tail,
          clock,
          desk: ports.desk,
          speaks,
          reconnectSpread: spread()
        })
        if (!guests.has(guest)) return problem('unavailable', 'The connection ended meanwhile.')
        const still = await me()
        if (!still) return signedOut()
        const seen = visibilityOf(still, directory.now())
        if (seen.scope !== visibility.scope)
          return problem('unavailable', 'What this account may see has just changed. Nothing is lost; connect again.', 0)
        guest.contact?.over()
        Object.assign(guest, { key, standing, visibility: seen, following: reply.ok })
        guest.contact = contacts.open(key)
        const cursor = headCursor(tail)
        // As of now, when pokes begin: what was appended while hello was answered would otherwise be told by neither.
        return reply.ok && cursor ? served({ ...reply.value, serverTime: clock.now(), cursor }) : reply
      },

      push: async (request) => {
        const push = parse(Push, request)
        if (!push.ok) return push
        const receivedAt = clock.now()
        const { key, standing } = guest
        if (!key || !standing) return first()
        const { commands } = push.value
        if (commands.some(({ consoleId }) => consoleId !== key.consoleId))
          return problem('badRequest', 'A console sends its own commands only.')
        if (commands.some(({ actorId }) => actorId !== key.personId))
          return problem('wrongOwner', 'These commands are somebody else’s. They are kept until that person signs in on this console.')
        if (commands.some(({ schema }) => schema > speaks.commandSchema))
          return problem(
            'consoleTooNew',
            'The server is older than this console. The commands stay on the console until it is updated.',
            LIMITS.timeProbeEvery
          )
        if (!(await me())) return signedOut()
        if (guest.pushing) return problem('busy', 'The push before this one is still under way.', 200)
        guest.pushing = true
        try {
          const reply = await queue.push({
            key,
            commands,
            oldestHeld: push.value.oldestHeld ?? null,
            receivedAt,
            contactBefore: standing.lastContactAt,
            poisoned: new Set()
          })
          if (!reply.ok || reply.value.expected !== null) guest.contact?.unsettled()
          return reply
        } finally {
          guest.pushing = false
        }
      },

      changes: async (request) => {
        const wanted = parse(ChangesRequest, request)
        if (!wanted.ok) return wanted
        if (!guest.visibility || !guest.following) return first()
        const visibility = async () => ((await rightsKnown()) && guest.following ? guest.visibility : null)
        const reply = await changesAfter(wanted.value.after, wanted.value.limit, { store, tail, visibility })
        return reply
          ? served(reply)
          : problem('unavailable', 'What this account may see is just changing. Nothing is lost; connect again.', 0)
      },

      timeline: async (request) => {
        const wanted = parse(TimelineRequest, request)
        if (!wanted.ok) return wanted
        if (!guest.visibility || !guest.following) return first()
        return served(await timelines(wanted.value, store, guest.visibility))
      },

      search: async (request) => {
        const wanted = parse(SearchRequest, request)
        if (!wanted.ok) return wanted
        if (!guest.visibility || !guest.following) return first()
        const actor = await me()
        if (!actor || !may(actor.role, 'viewDesk')) return problem('notPermitted', 'This account may not search the desk.')
        return served(await search(wanted.value, store, guest.visibility))
      },

      lease: async (request) => {
        const wanted = parse(LeaseRequest, request)
        if (!wanted.ok) return wanted
        if (!guest.key || !guest.following) return first()
        const actor = await me()
        if (!actor || !may(actor.role, 'takeCalls'))
          return problem('notPermitted', 'This account takes no calls and needs no case numbers.')
        return served({ leases: [...(await leaseBlocks(guest.key.consoleId, wanted.value.left, store, clock))] })
      },

      presence: async (request) => {
        const report = parse(PresenceReport, request)
        if (!report.ok) return report
        if (!guest.key || !guest.following) return first()
        notePresence(presence.report(guest.key, report.value))
        return served({ presences: presence.list() })
      }
    }

    return {
      ask: async (name, request) => {
        if (stopping && name !== 'time')
          return problem('unavailable', 'The desk is restarting. Nothing is lost; connect again.', 1_000) as ReplyOf<typeof name>
        try {
          return await serve[name](request)
        } catch (error) {
          if (error instanceof TemporaryFault) log.warn({ err: error, request: name }, 'The database could not serve a request.')
          else log.error({ err: error, request: name, personId: line.personId }, 'A request failed.')
          return problem('unavailable', 'The desk could not answer this now. Try again.', 1_000) as ReplyOf<typeof name>
        }
      },
      closed: () => {
        if (!guests.delete(guest)) return
        guest.contact?.over()
        // Another line of the same console may have taken over before this one was seen to be dead.
        const stillHere = [...guests].some(({ key }) => key?.consoleId === guest.key?.consoleId)
        const changed = guest.key && !stillHere ? presence.lost(guest.key) : null
        if (changed) notePresence(changed)
      }
    }
  }

  /** About fifty consoles a second. */
  function spread(): number {
    return guests.size * 20
  }

  return {
    connect,
    person,
    visibility: (someone) => visibilityOf(someone, directory.now()),
    cursor: () => headCursor(tail),
    end: () => ({ epochs: tail.epochs(), head: tail.head(), prunedThrough: tail.prunedThrough() }),
    heardPresence: (heard) => {
      presence.heard(heard)
      tellPresences()
    },
    connections: () => guests.size,
    closeLines,
    catchUp,
    stop: async () => {
      stopping = true
      await queue.drained()
      tail.stop()
      await contacts.stop()
    }
  }
}

function parse<T extends z.ZodType>(
  schema: T,
  request: unknown
): { readonly ok: true; readonly value: z.infer<T> } | ReturnType<typeof problem> {
  const parsed = schema.safeParse(request)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : problem('badRequest', `This request cannot be read: ${z.prettifyError(parsed.error).slice(0, 500)}`)
}
