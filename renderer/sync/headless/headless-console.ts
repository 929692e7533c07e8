import type { EngineClient } from '../engine-api.ts'
import { EngineHost } from '../engine-host.ts'
import { WindowClient } from '../window/client.ts'
import type { Port, ToEngine, ToWindow } from '../window/messages.ts'
import { WindowDesk } from '../window/window-desk.ts'
import { fileJournal } from './file-journal.ts'
import { fileStorage } from './file-storage.ts'
import { append, readIfThere, replace } from './files.ts'
import type { Fs } from './files.ts'

export type HeadlessOptions = {
  readonly fs: Fs
  /** Everything this console writes; a second start on it is the same console. */
  readonly folder: string
  readonly server: string
  /** The installation's own id, a UUID; kept in the folder from the first start on. */
  readonly installId?: string
  readonly appVersion?: string
  /** Told of survived bugs; they throw by default, because a console without a screen is for tests and measurements. */
  readonly onFault?: (doing: string, error: unknown) => void
}

/** A console without a screen: the real engine on real files and a real network, driven by the same client that a window uses. */
export type HeadlessConsole = {
  readonly client: EngineClient
  /** Another window on the same engine. */
  readonly openWindow: () => EngineClient
  /** Points it at another server address, as when the embedded backend moves. */
  readonly setServer: (url: string | null) => void
  /** Stops as a crash does: nothing more is written or sent. */
  readonly stop: () => Promise<void>
}

export async function startHeadlessConsole(options: HeadlessOptions): Promise<HeadlessConsole> {
  const { fs, folder } = options
  await fs.mkdir(folder, { recursive: true })
  const installId = await readInstallId(fs, folder, options.installId)
  const credentialsPath = `${folder}/credentials.json`
  let host: EngineHost | null = null
  const running = () => {
    if (!host) throw new Error('the console was used before it had started')
    return host
  }
  const windows = new WindowDesk(() => performance.now(), {
    attached: (window) => running().feed({ type: 'attached', window }),
    gone: (window) => running().feed({ type: 'detached', window }),
    heard: (window, message) => {
      if (message.type === 'ask') running().feed({ type: 'asked', window, ask: message.ask, question: message.question })
      if (message.type === 'board') running().feed({ type: 'boardWanted', window })
    }
  })
  host = new EngineHost({
    clock: () => ({ mono: performance.now(), wall: Date.now() }),
    random,
    storage: fileStorage(fs, folder),
    journal: fileJournal(fs, `${folder}/journal.log`),
    saveCredentials: (value) => (value === null ? fs.rm(credentialsPath, { force: true }) : replace(fs, credentialsPath, value)),
    tell: (window, message) => windows.tell(window, message),
    answer: (window, ask, answer) => windows.answer(window, ask, answer),
    superseded: () => undefined,
    fault: (doing, error) => {
      if (options.onFault) options.onFault(doing, error)
      else
        queueMicrotask(() => {
          throw new Error(`While ${doing}`, { cause: error })
        })
    }
  })
  await host.boot({
    installId,
    appVersion: options.appVersion ?? '0.0.0',
    serverUrl: options.server,
    credentials: await readIfThere(fs, credentialsPath)
  })

  const openWindow = (): EngineClient => {
    const client = new WindowClient({
      mono: () => performance.now(),
      random,
      relay: (channel) => Promise.reject(new Error(`a headless console has no ${channel}`)),
      engineAlive: () => undefined,
      superseded: () => undefined
    })
    const { engineEnd, windowEnd } = portPair()
    windows.add(engineEnd)
    client.connect(windowEnd)
    return client.api
  }
  return {
    client: openWindow(),
    openWindow,
    setServer: (url) => running().feed({ type: 'serverAddress', url }),
    stop: () => running().close()
  }
}

async function readInstallId(fs: Fs, folder: string, given: string | undefined): Promise<string> {
  const path = `${folder}/install-id`
  const known = await readIfThere(fs, path)
  if (known !== null) return known
  const fresh = given ?? crypto.randomUUID()
  await append(fs, path, fresh, true)
  return fresh
}

function random(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32
}

/** Two ends that hand messages over in order, never within the sender's own turn, as a MessagePort does. */
function portPair(): { readonly engineEnd: Port<ToEngine, ToWindow>; readonly windowEnd: Port<ToWindow, ToEngine> } {
  const toEngine = pipe<ToEngine>()
  const toWindow = pipe<ToWindow>()
  return {
    engineEnd: { post: toWindow.post, onMessage: toEngine.onMessage },
    windowEnd: { post: toEngine.post, onMessage: toWindow.onMessage }
  }
}

function pipe<T>(): { readonly post: (message: T) => void; readonly onMessage: (listener: (message: T) => void) => void } {
  let listener: ((message: T) => void) | null = null
  const waiting: T[] = []
  const deliver = () => {
    if (!listener) return
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) listener(next)
  }
  return {
    post: (message) => {
      waiting.push(message)
      queueMicrotask(deliver)
    },
    onMessage: (to) => {
      listener = to
      queueMicrotask(deliver)
    }
  }
}
