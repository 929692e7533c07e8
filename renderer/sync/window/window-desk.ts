import type { DeskChannel, DeskReply, DeskRequest } from '#shared/protocol/desk-api.ts'
import { DESK_API } from '#shared/protocol/desk-api.ts'
import type { AnswerTo, QuestionName } from '../engine/question.ts'
import type { WindowMessage } from '../engine/effect.ts'
import type { Port, ToEngine, ToWindow } from './messages.ts'

type Window = { readonly number: number; readonly port: Port<ToEngine, ToWindow>; attached: boolean }
type Relay = {
  readonly channel: DeskChannel
  readonly request: unknown
  window: number
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: Error) => void
}

/** What the engine's side does with what windows say. */
export type WindowListener = {
  readonly attached: (window: number) => void
  readonly gone: (window: number) => void
  readonly heard: (window: number, message: Extract<ToEngine, { type: 'ask' | 'unlock' | 'notice' | 'board' }>) => void
}

/**
 * The engine's end of all windows. It also reaches the main process through them, because a worker has no way of its own: a request goes
 * out by one window, and by another when that one is gone before it answered. All such requests may be repeated.
 */
export class WindowDesk {
  readonly #mono: () => number
  readonly #listener: WindowListener
  readonly #windows = new Map<number, Window>()
  readonly #relays = new Map<number, Relay>()
  #counter = 0

  constructor(mono: () => number, listener: WindowListener) {
    this.#mono = mono
    this.#listener = listener
  }

  add(port: Port<ToEngine, ToWindow>): void {
    this.#counter += 1
    const window: Window = { number: this.#counter, port, attached: false }
    this.#windows.set(window.number, window)
    port.onMessage((message) => this.#heard(window, message))
  }

  /** The window died without a word. */
  drop(number: number): void {
    if (!this.#windows.delete(number)) return
    this.#listener.gone(number)
    for (const [id, relay] of this.#relays) if (relay.window === number) this.#send(id, relay)
  }

  /** The Web Lock that this side holds while it lives. */
  alive: string | null = null

  /** Learns of a window's death where the environment can tell. Set before windows are added. */
  onAlive: (alive: string, window: number) => void = () => undefined

  tell(to: number | 'all', message: WindowMessage | Extract<ToWindow, { type: 'lock' | 'superseded' }>): void {
    if (to !== 'all') this.#windows.get(to)?.port.post(message)
    else for (const window of this.#windows.values()) if (window.attached) window.port.post(message)
  }

  answer(window: number, ask: number, answer: AnswerTo<QuestionName>): void {
    this.#windows.get(window)?.port.post({ type: 'answer', ask, answer })
  }

  /** Asks the main process by way of a window; waits when there is none. */
  async desk<C extends DeskChannel>(channel: C, request: DeskRequest<C>): Promise<DeskReply<C>> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#counter += 1
    const relay: Relay = { channel, request, window: 0, resolve, reject }
    this.#relays.set(this.#counter, relay)
    this.#send(this.#counter, relay)
    return DESK_API[channel].reply.parse(await promise) as DeskReply<C>
  }

  #send(id: number, relay: Relay): void {
    const window = [...this.#windows.values()].find((one) => one.attached)
    relay.window = window?.number ?? 0
    window?.port.post({ type: 'relay', relay: id, channel: relay.channel, request: relay.request })
  }

  #heard(window: Window, message: ToEngine): void {
    if (!this.#windows.has(window.number)) return
    switch (message.type) {
      case 'attach':
        window.attached = true
        for (const [id, relay] of this.#relays) if (relay.window === 0) this.#send(id, relay)
        return this.#listener.attached(window.number)
      case 'alive':
        return this.onAlive(message.lock, window.number)
      case 'ping':
        return window.port.post({ type: 'pong', ping: message.ping, mono: this.#mono(), alive: this.alive })
      case 'relayed': {
        const relay = this.#relays.get(message.relay)
        this.#relays.delete(message.relay)
        if (message.ok) relay?.resolve(message.reply)
        else relay?.reject(new Error(message.message))
        return
      }
      case 'leave':
        return this.drop(window.number)
      case 'ask':
      case 'unlock':
      case 'notice':
      case 'board':
        return this.#listener.heard(window.number, message)
    }
  }
}
