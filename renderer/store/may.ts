import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandId, ConsoleId } from '#shared/domain/identity.ts'
import { judge } from '#shared/domain/judge.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Refusal } from '#shared/domain/refusal.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { BoardState } from './board.ts'
import { useBoard, useConsole, useEngine } from './console.tsx'
import { localDirectory } from './local-directory.ts'

const NOBODYS = '00000000-0000-7000-8000-000000000000'

/**
 * Why a command would be refused right now, null when it would stand: the desk's own judgement on the visible state, so that a
 * button is never enabled for what the server refuses. `open` is judged as if its number were leased.
 */
function refusalOf<T extends CommandType>(
  type: T,
  recordId: string,
  payload: PayloadOf<T>,
  board: BoardState,
  me: Person,
  now: Instant
): Refusal | null {
  const { kind } = COMMANDS[type]
  const state = kind === 'case' ? board.cases.get(recordId)?.state : undefined
  const decision = judge(
    {
      id: NOBODYS as CommandId,
      consoleId: NOBODYS as ConsoleId,
      sequence: 1,
      actorId: me.id,
      type,
      schema: 1,
      record: { kind, id: recordId },
      payload,
      occurredAt: now,
      uncertainty: 0,
      decidedOn: 0
    },
    state,
    {
      now,
      occurredAt: now,
      late: false,
      commandId: NOBODYS as CommandId,
      actor: me,
      directory: localDirectory(board),
      number: { standing: 'leased' }
    }
  )
  return decision.accepted ? null : decision.refusal
}

/** `refusalOf` for a component, judged again whenever the record changes. */
export function useRefusal<T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>): Refusal | null {
  const { board, ticker } = useConsole()
  const me = useEngine((state) => state.me)
  useBoard((state) => state.cases.get(recordId))
  return me ? refusalOf(type, recordId, payload, board.getState(), me, ticker.now()) : { code: 'notSignedIn', detail: {} }
}
