import { cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach } from 'vitest'
import type { ReactNode } from 'react'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage } from '#shared/domain/record.ts'
import type { DeskApi } from '#shared/protocol/desk-api.ts'
import type { Draft, EngineState } from '#renderer/sync/engine-api.ts'
import { useCalls } from '#renderer/store/call.ts'
import { ConsoleProvider } from '#renderer/store/console.tsx'
import { useNotices } from '#renderer/store/notices.ts'
import { startParts } from '#renderer/store/start-parts.ts'
import { useView } from '#renderer/store/view.ts'
import { StateSprite } from '#renderer/ui/StateMark.tsx'
import { TickerContext } from '#renderer/ui/use-ticker.ts'
import { makeClient } from './make-client.ts'
import { PEOPLE, sampleDesk } from './sample-desk.ts'

/** 22 November 2026, 10:48 UTC. */
export const NOW = Date.UTC(2026, 10, 22, 10, 48) as Instant

// The simulated page lays nothing out; without a size a virtual list has no rows.
for (const [name, size] of [
  ['offsetWidth', 1_200],
  ['offsetHeight', 900],
  ['clientWidth', 1_200],
  ['clientHeight', 900]
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size })
}

// The simulated page is never idle either.
window.requestIdleCallback = (callback) =>
  window.setTimeout(() => callback({ didTimeout: true, timeRemaining: () => 0 })) as unknown as number
window.cancelIdleCallback = (handle) => window.clearTimeout(handle)

// Nor has it locks; the one window of a test gets each at once.
Object.defineProperty(navigator, 'locks', {
  configurable: true,
  value: { request: async (_: string, __: object, hold: () => unknown) => hold() }
})

const view = useView.getState()
const calls = useCalls.getState()
const notices = useNotices.getState()

afterEach(() => {
  cleanup()
  localStorage.clear()
  sessionStorage.clear()
  useView.setState(view, true)
  useCalls.setState(calls, true)
  useNotices.setState(notices, true)
})

type Options = {
  readonly me?: Person | null
  readonly state?: Partial<EngineState>
  readonly drafts?: readonly Draft[]
  /** The main process, where a test needs one. */
  readonly main?: DeskApi
  readonly desk?: { readonly images: readonly RecordImage[]; readonly history: ReadonlyMap<string, readonly LoggedFact[]> }
}

/** Draws screens on the sample desk as Anna Keller of the Service Desk sees them, with the clock standing at NOW. */
export async function renderDesk(
  screens: ReactNode,
  { me = PEOPLE[0] ?? null, state = {}, drafts = [], main, desk = sampleDesk(NOW) }: Options = {}
) {
  const client = makeClient({ me, images: desk.images, history: desk.history, now: () => NOW, state, drafts })
  const parts = startParts(client, main ?? null)
  if (me) await parts.drafts.load()
  const user = userEvent.setup()
  render(
    <TickerContext value={parts.ticker}>
      <ConsoleProvider parts={parts}>
        <StateSprite />
        {screens}
      </ConsoleProvider>
    </TickerContext>
  )
  return { client, parts, user }
}
