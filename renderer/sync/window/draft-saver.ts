import type { Draft } from '../engine-api.ts'

/** At most this long does a keystroke wait before it is on its way to the disk. */
const COALESCE = 100

type Waiting = {
  draft: Draft
  timer: ReturnType<typeof setTimeout>
  promise: Promise<void>
  resolve: () => void
  reject: (error: unknown) => void
}

/** Sends the newest state of each draft, not every state of it. The promise settles when a state at least as new is on the disk. */
export class DraftSaver {
  readonly #send: (draft: Draft) => Promise<void>
  readonly #waiting = new Map<string, Waiting>()

  constructor(send: (draft: Draft) => Promise<void>) {
    this.#send = send
  }

  save(draft: Draft): Promise<void> {
    const waiting = this.#waiting.get(draft.id)
    if (waiting) {
      waiting.draft = draft
      return waiting.promise
    }
    const settle = Promise.withResolvers<void>()
    this.#waiting.set(draft.id, { draft, timer: setTimeout(() => this.#go(draft.id), COALESCE), ...settle })
    return settle.promise
  }

  /** A dropped draft must not be written by a keystroke still on its way. */
  drop(id: string): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    waiting.resolve()
  }

  flush(): void {
    for (const id of this.#waiting.keys()) this.#go(id)
  }

  #go(id: string): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    clearTimeout(waiting.timer)
    this.#waiting.delete(id)
    this.#send(waiting.draft).then(waiting.resolve, waiting.reject)
  }
}
