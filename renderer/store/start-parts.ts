import type { EngineClient } from '#renderer/sync/engine-api.ts'
import { createTicker } from '#renderer/ui/ticker.ts'
import type { DeskApi } from '#shared/protocol/desk-api.ts'
import { createBoard } from './board.ts'
import type { ConsoleParts } from './console.tsx'
import { createDrafts } from './drafts.ts'
import { createPresence } from './presence.ts'

/** Wires a window's stores to the engine; from here on the screens follow by themselves. */
export function startParts(client: EngineClient, desk: DeskApi | null): ConsoleParts {
  const board = createBoard()
  const drafts = createDrafts(client)
  const presence = createPresence()
  const me = () => client.state().me?.id ?? null

  client.onBoard(board.apply)
  client.onPresence((presences) => presence.replace(presences, me()))

  let owner: string | null = null
  const follow = () => {
    board.setMe(me())
    // Drafts belong to the person who wrote them: they leave with them, and are read when somebody signs in.
    if (me() !== owner) {
      drafts.forget()
      if (me() !== null) void drafts.load()
    }
    owner = me()
  }
  client.onState(follow)
  follow()

  return { client, board, drafts, presence, desk, ticker: createTicker(client.now) }
}
