import type { Clock, Timers } from './clock.ts'

/** A console that was answered this short a time ago and has more to send is about to. */
const JUST_ANSWERED = 15
/** The next transaction waits for such consoles no longer than this. */
const PATIENCE = 2

export type Company = {
  /** Settles when everybody who is likely to come has come, at once when nobody is. `present` are the consoles waiting now. */
  readonly wait: (present: () => ReadonlySet<string>) => Promise<void>
  /** Somebody came. */
  readonly came: () => void
  readonly answered: (consoles: readonly string[]) => void
}

/**
 * Whether a transaction should wait a moment for company. Busy consoles answered by the last transaction come back one by one; starting with
 * the first of them would leave the others to the next commit, and commits are what a desk under load is short of. A quiet desk never waits.
 */
export function companyOf(clock: Clock, timers: Timers): Company {
  let answeredAt = new Map<string, number>()
  let look = () => {}
  return {
    wait: async (present) => {
      const since = clock.now() - JUST_ANSWERED
      answeredAt = new Map([...answeredAt].filter(([, at]) => at >= since))
      const missing = () => {
        const here = present()
        return [...answeredAt.keys()].some((console_) => !here.has(console_))
      }
      if (!missing()) return
      await new Promise<void>((resume) => {
        const cancel = timers.after(PATIENCE, resume)
        look = () => {
          if (missing()) return
          cancel()
          resume()
        }
      })
      look = () => {}
    },
    came: () => look(),
    answered: (consoles) => {
      for (const console_ of consoles) answeredAt.set(console_, clock.now())
    }
  }
}
