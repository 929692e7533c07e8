import type { Instant } from '#shared/domain/instant.ts'
import type { Clock, Timers } from './clock.ts'
import type { ConsoleKey, DeskStore } from './desk-store.ts'
import { TemporaryFault } from './desk-store.ts'
import type { Logger } from './logger.ts'

const NOTE_EVERY = 30_000
/** A console that is connected this long with no push waiting has nothing older to send. */
const SETTLED_AFTER = 30_000

/** What SLA-11 needs of one connection: work done before it was settled may be older than it. */
export type Contact = {
  /** A push went wrong: what the console holds may wait longer. */
  readonly unsettled: () => void
  readonly over: () => void
}

export type ContactBook = { readonly open: (key: ConsoleKey) => Contact; readonly stop: () => Promise<void> }

/** Notes, every half minute and at the end of each connection, until when consoles were connected with nothing left to send. */
export function contactBook(store: DeskStore, clock: Clock, timers: Timers, log: Logger): ContactBook {
  const open = new Map<Contact, { readonly key: ConsoleKey; settledFrom: number }>()
  const ended: { readonly key: ConsoleKey; readonly at: Instant }[] = []
  let cancel = () => {}
  let noting: Promise<void> = Promise.resolve()

  const note = async () => {
    const now = clock.now()
    const present = [...open.values()].filter(({ settledFrom }) => now >= settledFrom).map(({ key }) => ({ key, at: now }))
    const all = [...ended.splice(0), ...present]
    if (all.length === 0) return
    try {
      await store.noteContacts(newestOf(all))
    } catch (error) {
      // Only credit for offline work gets a little more generous.
      if (!(error instanceof TemporaryFault)) log.error({ err: error }, 'Contacts could not be noted.')
    }
  }
  const tick = () => {
    noting = note()
    cancel = timers.after(NOTE_EVERY, tick)
  }
  cancel = timers.after(NOTE_EVERY, tick)

  return {
    open: (key) => {
      const state = { key, settledFrom: clock.now() + SETTLED_AFTER }
      const contact: Contact = {
        unsettled: () => (state.settledFrom = clock.now() + SETTLED_AFTER),
        over: () => {
          if (!open.delete(contact)) return
          const now = clock.now()
          if (now >= state.settledFrom) ended.push({ key, at: now })
        }
      }
      open.set(contact, state)
      return contact
    },
    stop: async () => {
      cancel()
      await noting
      await note()
    }
  }
}

function newestOf(contacts: readonly { readonly key: ConsoleKey; readonly at: Instant }[]) {
  return [
    ...new Map(
      contacts.toSorted((a, b) => a.at - b.at).map((contact) => [`${contact.key.consoleId} ${contact.key.personId}`, contact])
    ).values()
  ]
}
