import { useCallback } from 'react'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import { refusalWords } from '#renderer/strings/refusal-words.ts'
import type { Submitted } from '#renderer/sync/engine-api.ts'
import { useConsole } from './console.tsx'
import { useNotices } from './notices.ts'

export type Submit = <T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>, done?: string) => Promise<Submitted | null>

/**
 * Writes: hands a command to the engine and says in the foot line what came of it. `done` is said once the command is saved on
 * this computer. Null when the engine could not take it at all; what was typed stays where it is.
 */
export function useSubmit(): Submit {
  const { client } = useConsole()
  const say = useNotices((notices) => notices.say)
  return useCallback(
    async (type, recordId, payload, done) => {
      try {
        const submitted = await client.submit(type, recordId, payload)
        if (!submitted.accepted) {
          say('problem', refusalWords(submitted.refusal))
          return submitted
        }
        submitted.saved.then(
          () => done !== undefined && say('done', done),
          (error: unknown) => say('problem', message(error))
        )
        // A refusal by the desk lands in Needs attention, which tells of itself.
        submitted.confirmed.catch((error: unknown) => say('problem', message(error)))
        return submitted
      } catch (error) {
        say('problem', message(error))
        return null
      }
    },
    [client, say]
  )
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
