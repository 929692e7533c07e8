import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Draft, EngineClient, EngineState } from '#renderer/sync/engine-api.ts'
import type { Ticker } from '#renderer/ui/ticker.ts'
import type { DeskApi } from '#shared/protocol/desk-api.ts'
import type { Board, BoardState } from './board.ts'
import type { Drafts } from './drafts.ts'
import type { PresenceStore } from './presence.ts'

/** What a window is given when it starts; everything on screen reads from or writes to these. */
export type ConsoleParts = {
  readonly client: EngineClient
  readonly board: Board
  readonly drafts: Drafts
  readonly presence: PresenceStore
  readonly ticker: Ticker
  /** The main process; null where the screens run in a plain browser (component tests). */
  readonly desk: DeskApi | null
}

const Parts = createContext<ConsoleParts | null>(null)

export function ConsoleProvider({ parts, children }: { readonly parts: ConsoleParts; readonly children: ReactNode }) {
  return <Parts value={parts}>{children}</Parts>
}

export function useConsole(): ConsoleParts {
  const parts = useContext(Parts)
  if (!parts) throw new Error('a screen was rendered outside ConsoleProvider')
  return parts
}

/** Picks from the visible desk; the component renders again when the picked value changes. */
export function useBoard<T>(select: (board: BoardState) => T): T {
  return useStore(useConsole().board, select)
}

/** Picks from the engine's state: who is signed in, the connection, needs attention. */
export function useEngine<T>(select: (state: EngineState) => T): T {
  const { client } = useConsole()
  return useSyncExternalStore(client.onState, () => select(client.state()))
}

export function useDraft(id: string): Draft | undefined {
  return useStore(useConsole().drafts, (drafts) => drafts.byId.get(id))
}
