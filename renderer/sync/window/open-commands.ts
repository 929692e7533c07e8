import type { Answer } from '#shared/protocol/push.ts'
import type { Submitted } from '../engine-api.ts'
import type { CommandStanding, Question, Submission } from '../engine/question.ts'

type Settle<T> = { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }
type Open = { readonly question: Question; readonly saved: Settle<void>; readonly confirmed: Settle<Answer> }

const NOT_SAVED = 'The change could not be saved: the console was restarted and the case has changed meanwhile. Look at it and do it again.'

/** Commands whose callers still wait for "saved" or "confirmed". */
export class OpenCommands {
  readonly #open = new Map<string, Open>()
  /** Word of a command may come before its caller has been handed its promises. */
  readonly #early = new Map<string, Answer | null>()

  /** What the caller of an accepted command is handed. */
  hand(question: Question, submission: Submission): Submitted {
    if (!submission.accepted) return submission
    const saved = Promise.withResolvers<void>()
    const confirmed = Promise.withResolvers<Answer>()
    // Either may be of no interest to the caller; a rejection then must not count as unhandled.
    saved.promise.catch(() => undefined)
    confirmed.promise.catch(() => undefined)
    this.#open.set(submission.commandId, { question, saved, confirmed })
    const early = this.#early.get(submission.commandId)
    if (early !== undefined) this.saved(submission.commandId)
    if (early) this.confirmed(early)
    this.#early.delete(submission.commandId)
    return { ...submission, saved: saved.promise, confirmed: confirmed.promise }
  }

  saved(commandId: string): void {
    const open = this.#open.get(commandId)
    if (open) open.saved.resolve()
    else this.#early.set(commandId, this.#early.get(commandId) ?? null)
  }

  confirmed(answer: Answer): void {
    const open = this.#open.get(answer.id)
    if (!open) {
      this.#early.set(answer.id, answer)
      return
    }
    open.saved.resolve()
    open.confirmed.resolve(answer)
    this.#open.delete(answer.id)
  }

  /** Nobody is about to be handed promises: early word was of other windows' commands. */
  forgetEarly(): void {
    this.#early.clear()
  }

  ids(): readonly string[] {
    return [...this.#open.keys()]
  }

  /** After an engine died: what became of them. Returns the questions that have to be asked again because their commands were not saved. */
  takeUp(standings: readonly CommandStanding[]): readonly { readonly commandId: string; readonly question: Question }[] {
    const again: { commandId: string; question: Question }[] = []
    for (const { commandId, known, saved, answer } of standings) {
      const open = this.#open.get(commandId)
      if (answer) this.confirmed(answer)
      else if (saved) this.saved(commandId)
      else if (!known && open) again.push({ commandId, question: open.question })
    }
    return again
  }

  /** The engine after the one that died could not take it any more. */
  lost(commandId: string): void {
    const open = this.#open.get(commandId)
    this.#open.delete(commandId)
    open?.saved.reject(new Error(NOT_SAVED))
    open?.confirmed.reject(new Error(NOT_SAVED))
  }
}
