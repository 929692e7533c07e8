import type { Given } from './console-words.ts'

/** What consoles promised: the driver's own record of every command that was shown as saved, which no kill can touch. */
export type Ledger = {
  readonly saved: (console_: string, given: Given) => void
  readonly confirmed: (id: string, outcome: string) => void
  readonly complained: (complaint: string) => void
  readonly complaints: () => readonly string[]
  readonly promises: () => readonly Saved[]
}

/** `outcome`: what the console said the desk answered, null when it was killed or cut off before it could. */
export type Saved = Given & { readonly console: string; readonly outcome: string | null }

export function openLedger(): Ledger {
  const given = new Map<string, Saved>()
  const complaints: string[] = []
  const early = new Map<string, string>()
  return {
    saved: (console_, command) => void given.set(command.id, { ...command, console: console_, outcome: early.get(command.id) ?? null }),
    confirmed: (id, outcome) => {
      const known = given.get(id)
      if (known) given.set(id, { ...known, outcome })
      else early.set(id, outcome)
    },
    complained: (complaint) => void complaints.push(complaint),
    complaints: () => complaints,
    promises: () => [...given.values()]
  }
}
