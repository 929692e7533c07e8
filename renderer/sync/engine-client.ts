import type { DeskApi } from '#shared/protocol/desk-api.ts'
// eslint-disable-next-line import/default -- Vite makes this module from the query
import workerUrl from './engine.worker.ts?sharedworker&url'
import type { EngineClient } from './engine-api.ts'
import { WindowClient } from './window/client.ts'
import type { ToWindow } from './window/messages.ts'

/** How often the engine is asked for a sign of life and how long it may stay silent, milliseconds. */
const PING_EVERY = 5_000
const SILENT_FOR = 20_000
/** Which name the engine's worker goes by, for all windows: a hung worker keeps its name, so the next one needs another. */
const NAME_KEY = 'ringdown-engine-name'

/**
 * Connects this window to the computer's one engine, starting it if need be. When the engine dies, hangs or gives way to another, the windows
 * turn to the next one; it carries on from the disk, and what was on its way is given to it again (SYNC-14).
 */
export function connectEngine(desk: DeskApi): EngineClient {
  allowWorkerScript()
  const alive = `ringdown-window-${crypto.randomUUID()}`
  let name = ''
  let watched = ''
  const client = new WindowClient({
    mono: () => performance.now(),
    random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    relay: (channel, request) => (desk[channel] as (body: unknown) => Promise<unknown>)(request),
    engineAlive: (lock) => {
      if (lock === watched) return
      watched = lock
      // Granted when the engine is gone, however it went; a worker's death tells nobody else.
      navigator.locks
        .request(lock, { mode: 'shared' }, () => {
          if (lock === watched) start()
        })
        .catch(() => undefined)
    },
    superseded: () => {
      setTimeout(start, 500)
    }
  })
  navigator.locks
    .request(alive, () => {
      client.holds(alive)
      return new Promise<never>(() => undefined)
    })
    .catch(() => undefined)
  function start(): void {
    name = localStorage.getItem(NAME_KEY) ?? 'ringdown'
    watched = ''
    const { port } = new SharedWorker(workerUrl, { type: 'module', name })
    client.connect({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.onmessage = (event: MessageEvent<ToWindow>) => listener(event.data)
      }
    })
  }
  start()
  // A grant keeps the browser from throwing our databases away when it needs room; without one they are watched like before.
  navigator.storage.persist().catch(() => undefined)
  setInterval(() => {
    if (performance.now() - client.lastPong > SILENT_FOR) {
      // The first window that notices names the next worker; the others follow it.
      if ((localStorage.getItem(NAME_KEY) ?? 'ringdown') === name) localStorage.setItem(NAME_KEY, `ringdown-${Date.now()}`)
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
