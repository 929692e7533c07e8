import type { ChangesReply, ChangesRequest, Poke } from './changes.ts'
import type { Hello, Welcome } from './hello.ts'
import type { LeaseReply, LeaseRequest } from './lease.ts'
import type { Presence, PresenceReport } from './presence.ts'
import type { Problem, Reply } from './problem.ts'
import type { Push, PushReply } from './push.ts'
import type { SearchReply, SearchRequest } from './search.ts'
import type { TimelineReply, TimelineRequest } from './timeline.ts'
import type { TimeReply } from './time.ts'

type Ask<Q, A> = (request: Q, answer: (reply: Reply<A>) => void) => void

/** Console to server. Every request has an answer and a time-out; nothing but `time` is served before `hello`. */
export type ConsoleToServer = {
  readonly hello: Ask<Hello, Welcome>
  readonly push: Ask<Push, PushReply>
  readonly changes: Ask<ChangesRequest, ChangesReply>
  readonly timeline: Ask<TimelineRequest, TimelineReply>
  readonly search: Ask<SearchRequest, SearchReply>
  readonly lease: Ask<LeaseRequest, LeaseReply>
  readonly time: Ask<Record<string, never>, TimeReply>
  readonly presence: Ask<PresenceReport, { readonly presences: readonly Presence[] }>
}

/** Server to console. None needs to arrive: data comes by pull from a cursor. */
export type ServerToConsole = {
  readonly poke: (poke: Poke) => void
  readonly presences: (presences: readonly Presence[]) => void
  /** The server is going away; spread reconnects over this many milliseconds. */
  readonly draining: (notice: { readonly spread: number }) => void
  /** The session ended (signed out elsewhere, role changed, account closed). */
  readonly ended: (problem: Problem) => void
}

export type RequestName = keyof ConsoleToServer
export type RequestOf<N extends RequestName> = Parameters<ConsoleToServer[N]>[0]
export type ReplyOf<N extends RequestName> = Parameters<Parameters<ConsoleToServer[N]>[1]>[0]
