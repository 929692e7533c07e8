import { MINUTE, after } from '#shared/domain/instant.ts'
import type { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import type { CaseId, ConsoleId, PersonId } from '#shared/domain/identity.ts'
import type { Clock } from './clock.ts'
import type { ConsoleKey } from './desk-store.ts'

const REMEMBER_LOST = 10 * MINUTE

/** Who is looking at what; never stored. A console whose connection was lost stays listed for ten minutes. */
export type PresenceBoard = {
  readonly report: (key: ConsoleKey, report: PresenceReport) => Presence
  readonly lost: (key: ConsoleKey) => Presence | null
  /** What another node says. */
  readonly heard: (presence: Presence) => void
  readonly list: () => readonly Presence[]
}

export function presenceBoard(clock: Clock): PresenceBoard {
  const board = new Map<string, Presence>()
  const forget = () => {
    const now = clock.now()
    for (const [consoleId, { lostAt }] of board) if (lostAt !== null && after(lostAt, REMEMBER_LOST) <= now) board.delete(consoleId)
  }
  return {
    report: ({ consoleId, personId }, { caseId, editing }) => {
      const known = board.get(consoleId)
      const same = known && known.personId === personId && known.caseId === caseId && known.editing === editing && known.lostAt === null
      const presence: Presence = {
        consoleId: consoleId as ConsoleId,
        personId: personId as PersonId,
        caseId: caseId as CaseId | null,
        editing,
        since: same ? known.since : clock.now(),
        lostAt: null
      }
      board.set(consoleId, presence)
      return presence
    },
    lost: ({ consoleId }) => {
      const known = board.get(consoleId)
      if (!known || known.lostAt !== null) return null
      const presence = { ...known, lostAt: clock.now() }
      board.set(consoleId, presence)
      return presence
    },
    heard: (presence) => {
      const known = board.get(presence.consoleId)
      if (!known || known.since <= presence.since || presence.lostAt !== null) board.set(presence.consoleId, presence)
    },
    list: () => {
      forget()
      return [...board.values()]
    }
  }
}
