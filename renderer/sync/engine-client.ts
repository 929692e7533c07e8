import type { DeskApi } from '#shared/protocol/desk-api.ts'
// eslint-disable-next-line import/default -- Vite makes this module from the query
import workerUrl from './engine.worker.ts?sharedworker&url'
import type { EngineClient } from './engine-api.ts'
import { WindowClient } from './window/client.ts'
import type { ToWindow } from './window/messages.ts'

/** How often the engine is asked for a sign of life and how long it may stay silent, milliseconds. */
const PING_EVERY = 5_000
const SILENT_FOR = 20_000

/**
 * Connects this window to the computer's one engine, starting it if need be. When the engine dies or hangs, the windows start another
 * one; it carries on from the disk, and what was on its way is given to it again.
 */
export function connectEngine(desk: DeskApi): EngineClient {
  allowWorkerScript()
  const alive = `ringdown-window-${crypto.randomUUID()}`
  // Held for as long as the window lives; the engine waits for it to learn of a death.
  navigator.locks.request(alive, () => new Promise<never>(() => undefined)).catch(() => undefined)
  const client = new WindowClient({
    mono: () => performance.now(),
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    relay: (channel, request) => (desk[channel] as (body: unknown) => Promise<unknown>)(request),
    alive
  })
  let attempt = 0
  const start = () => {
    // A hung worker keeps its name; the next one needs another.
    const worker = new SharedWorker(workerUrl, { type: 'module', name: attempt === 0 ? 'ringdown' : `ringdown-${attempt}` })
    const { port } = worker
    client.connect({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.onmessage = (event: MessageEvent<ToWindow>) => listener(event.data)
      }
    })
  }
  start()
  setInterval(() => {
    if (performance.now() - client.lastPong > SILENT_FOR) {
      attempt += 1
      start()
    } else client.ping()
  }, PING_EVERY)
  desk.onNotice((notice) => client.notice(notice))
  addEventListener('pagehide', () => client.leave())
  return client.api
}

/** The policy of our pages takes script addresses only through a Trusted Types policy; the engine's own file is the only one it lets through. */
function allowWorkerScript(): void {
  const types = (
    globalThis as {
      trustedTypes?: {
        createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown
        defaultPolicy: unknown
      }
    }
  ).trustedTypes
  if (!types || types.defaultPolicy) return
  types.createPolicy('default', {
    createScriptURL: (url) => {
      if (url === workerUrl) return url
      throw new TypeError(`no script may be loaded from ${url}`)
    }
  })
}
