import type { DeskNotice, ServerAddress } from '#shared/protocol/desk-api.ts'
import { EngineHost } from './engine-host.ts'
import type { DiskLock } from './engine-api.ts'
import { aesCipher, fromBase64, keyFromPassphrase } from './storage/cipher.ts'
import { dexieStorage, keyFits } from './storage/dexie-store.ts'
import { sealedJournal } from './storage/sealed-journal.ts'
import type { Port, ToEngine, ToWindow } from './window/messages.ts'
import { WindowDesk } from './window/window-desk.ts'

/** Held by the engine that may write; who waits for it takes over when that one is gone. */
const WRITER_LOCK = 'ringdown-engine'
/** How often the room left on the disk is measured, milliseconds. */
const MEASURE_EVERY = 60_000
/** A holder that does not let go is hung. The fence in the database keeps it out from then on. */
const WAIT_FOR_LOCK = 10_000
const WRONG_PASSPHRASE = 'This passphrase does not open what is stored on this computer. Try again.'

type Queued = Extract<ToEngine, { type: 'ask' }> & { readonly window: number }

/** The engine as it lives in a SharedWorker: waits for its turn, opens the disk with the computer's key, then serves windows. */
export class WorkerEngine {
  readonly #windows: WindowDesk
  #host: EngineHost | null = null
  #started = false
  #lock: DiskLock = { state: 'open' }
  /** The newest that was heard; the embedded server may come up while the passphrase is still being typed. */
  #address: ServerAddress | null = null
  #salt = ''
  #unlock: ((key: Uint8Array<ArrayBuffer>) => void) | null = null
  /** Asked before the engine runs; answered once it does. */
  #early: Queued[] = []
  #attached: number[] = []
  readonly #wantingBoard = new Set<number>()

  constructor() {
    this.#windows = new WindowDesk(() => performance.now(), {
      attached: (window) => this.#windowAttached(window),
      gone: (window) => this.#host?.feed({ type: 'detached', window }),
      heard: (window, message) => this.#heard(window, message)
    })
    const alive = `${WRITER_LOCK}-${crypto.randomUUID()}`
    navigator.locks
      .request(alive, () => {
        this.#windows.alive = alive
        return new Promise<never>(() => undefined)
      })
      .catch(() => undefined)
    this.#windows.onAlive = (lock, window) => {
      // Granted when the window is gone, however it went.
      navigator.locks.request(lock, () => this.#windows.drop(window)).catch(() => undefined)
    }
  }

  addWindow(port: Port<ToEngine, ToWindow>): void {
    this.#windows.add(port)
  }

  #windowAttached(window: number): void {
    this.#attached.push(window)
    if (this.#lock.state !== 'open') this.#windows.tell(window, { type: 'lock', lock: this.#lock })
    if (this.#host) this.#host.feed({ type: 'attached', window })
    else if (!this.#started) {
      this.#started = true
      this.#start().catch((error: unknown) => reportError(error))
    }
  }

  async #start(): Promise<void> {
    await whenWriter()
    const { desk } = this
    const [info, key, credentials, askedAddress] = await Promise.all([
      desk('consoleInfo', {}),
      desk('dataKey', {}),
      desk('credentialsLoad', {}),
      desk('serverAddress', {})
    ])
    this.#salt = key.salt
    const cipher = await aesCipher(key.key === null ? await this.#askPassphrase() : fromBase64(key.key))
    const host = new EngineHost({
      clock: () => ({ mono: performance.now(), wall: Date.now() }),
      random: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
      storage: dexieStorage(cipher),
      journal: sealedJournal(
        {
          read: () => desk('journalRead', {}),
          append: async (lines) => {
            await desk('journalAppend', { lines: [...lines] })
          },
          trim: async (through) => {
            await desk('journalTrim', { through })
          }
        },
        cipher
      ),
      saveCredentials: async (value) => {
        await desk('credentialsSave', { value })
      },
      tell: (window, message) => this.#windows.tell(window, message),
      answer: (window, ask, answer) => this.#windows.answer(window, ask, answer),
      superseded: () => {
        this.#windows.tell('all', { type: 'superseded' })
        close()
      },
      fault: (doing, error) => reportError(new Error(`While ${doing}`, { cause: error }))
    })
    const bootAddress = this.#address ?? askedAddress
    await host.boot({
      installId: info.consoleId,
      appVersion: info.appVersion,
      serverUrl: urlOf(bootAddress),
      credentials: credentials.value
    })
    this.#host = host
    host.feed({ type: 'serverAddress', url: urlOf(this.#address ?? bootAddress) })
    for (const window of this.#attached) host.feed({ type: 'attached', window })
    for (const window of this.#wantingBoard) host.feed({ type: 'boardWanted', window })
    for (const { window, ask, question } of this.#early) host.feed({ type: 'asked', window, ask, question })
    this.#early = []
    measureRoom(host)
    setInterval(() => measureRoom(host), MEASURE_EVERY)
  }

  readonly desk: WindowDesk['desk'] = (channel, request) => this.#windows.desk(channel, request)

  #heard(window: number, message: Extract<ToEngine, { type: 'ask' | 'unlock' | 'notice' | 'board' }>): void {
    switch (message.type) {
      case 'ask':
        if (this.#host) this.#host.feed({ type: 'asked', window, ask: message.ask, question: message.question })
        else this.#early.push({ ...message, window })
        return
      case 'board':
        if (this.#host) this.#host.feed({ type: 'boardWanted', window })
        else this.#wantingBoard.add(window)
        return
      case 'notice':
        return this.#notice(message.notice)
      case 'unlock':
        this.#tryPassphrase(window, message.ask, message.passphrase).catch((error: unknown) => reportError(error))
    }
  }

  #notice(notice: DeskNotice): void {
    if (notice.type === 'serverAddress') {
      this.#address = notice.address
      this.#host?.feed({ type: 'serverAddress', url: urlOf(notice.address) })
    }
    if (notice.type === 'power') this.#host?.feed({ type: 'power', event: notice.event })
  }

  async #askPassphrase(): Promise<Uint8Array<ArrayBuffer>> {
    const { promise, resolve } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
    this.#unlock = resolve
    this.#tellLock({ state: 'passphraseNeeded', first: (await keyFits(null)) === 'empty', problem: null })
    return promise
  }

  async #tryPassphrase(window: number, ask: number, passphrase: string): Promise<void> {
    const key = await keyFromPassphrase(passphrase, fromBase64(this.#salt))
    const fits = await keyFits(await aesCipher(key))
    if (fits === 'no') {
      this.#tellLock({ state: 'passphraseNeeded', first: false, problem: WRONG_PASSPHRASE })
      return this.#windows.answer(window, ask, { ok: false, problem: WRONG_PASSPHRASE })
    }
    this.#tellLock({ state: 'open' })
    this.#windows.answer(window, ask, { ok: true })
    this.#unlock?.(key)
    this.#unlock = null
  }

  #tellLock(lock: DiskLock): void {
    this.#lock = lock
    this.#windows.tell('all', { type: 'lock', lock })
  }
}

function urlOf(address: ServerAddress): string | null {
  return address.url
}

function measureRoom(host: EngineHost): void {
  navigator.storage.estimate().then(
    ({ quota, usage }) => {
      if (quota !== undefined && usage !== undefined) host.feed({ type: 'roomMeasured', bytes: quota - usage })
    },
    () => undefined
  )
}

/** Resolves when no other engine of this computer may write, or when the one that may has been silent for too long. */
async function whenWriter(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, WAIT_FOR_LOCK)
  navigator.locks
    .request(WRITER_LOCK, () => {
      clearTimeout(timer)
      resolve()
      return new Promise<never>(() => undefined)
    })
    .catch(() => undefined)
  return promise
}
