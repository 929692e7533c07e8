import type { Command } from '#shared/domain/command.ts'
import type { Answer } from '#shared/protocol/push.ts'
import type { Draft } from '#renderer/sync/engine-api.ts'

/** One command as its window saw it: given, shown as saved, answered, taken back. */
export type Given = {
  readonly machine: number
  readonly actorId: string
  readonly command: Command
  /** True time at which it was given. */
  readonly at: number
  savedAt: number | null
  answer: Answer | null
  /** Its person let it go or gave it again as another one. */
  withdrawn: boolean
}

export type ShownNumber = { readonly machine: number; readonly actorId: string; readonly at: number }

/** What people at consoles were shown and so rely on: kept outside of everything that can be killed. */
export class Ledger {
  readonly given = new Map<string, Given>()
  readonly numbers = new Map<string, ShownNumber>()
  /** The newest draft that was reported as saved, by computer, person and draft; null once its dropping was reported. */
  readonly drafts = new Map<
    string,
    { readonly machine: number; readonly actorId: string; readonly draft: Draft; readonly newer: Draft[]; readonly at: number }
  >()
  /** Every number a window was shown that another had been shown before. */
  readonly numbersTwice: string[] = []

  showNumber(number: string, shown: ShownNumber): void {
    if (this.numbers.has(number)) this.numbersTwice.push(number)
    else this.numbers.set(number, shown)
  }
}
