import type { PushReply } from '#shared/protocol/push.ts'
import type { Reply } from '#shared/protocol/problem.ts'
import type { Clock, Timers } from './clock.ts'
import { TemporaryFault } from './desk-store.ts'
import type { Appended, DeskStore, DeskTransaction, NewEntry } from './desk-store.ts'
import type { DirectoryKeeper } from './small-directory.ts'
import type { Logger } from './logger.ts'
import { grantAt } from './numbers.ts'
import { problem, served } from './problem.ts'
import { companyOf } from './company.ts'
import { changesDirectory, keyText, runBatch, wantedRecords } from './push-batch.ts'
import type { PushItem } from './push-batch.ts'

const COMMANDS_AT_ONCE = 500
const COMMANDS_WAITING = 5_000
const CONFLICT_TRIES = 10
const OUTAGE_TRIES = 3
const UNAVAILABLE = 'The desk could not store this now. Nothing is lost: it stays on the console and is sent again.'

export type PushQueue = {
  readonly push: (item: PushItem) => Promise<Reply<PushReply>>
  /** Settles once everything accepted so far is answered. */
  readonly drained: () => Promise<void>
}

export type PushPorts = {
  readonly store: DeskStore
  readonly clock: Clock
  readonly timers: Timers
  readonly directory: DirectoryKeeper
  readonly log: Logger
  readonly onAppended: (appended: Appended, entries: readonly NewEntry[]) => void
  readonly onBatch?: (commands: number, milliseconds: number) => void
}

/**
 * Group commit: while one transaction is under way, pushes from all consoles gather and share the next one. The queue is bounded; beyond
 * it consoles are told to come back. Whatever goes wrong, each push gets an answer or a problem after which resending is harmless.
 */
export function pushQueue(ports: PushPorts): PushQueue {
  const waiting: { readonly item: PushItem; readonly settle: (reply: Reply<PushReply>) => void }[] = []
  let waitingCommands = 0
  let running: Promise<void> | null = null
  const company = companyOf(ports.clock, ports.timers)
  const present = () => new Set(waiting.map(({ item }) => keyText(item.key)))

  const work = async () => {
    while (waiting.length > 0) {
      await company.wait(present)
      const batch: typeof waiting = []
      for (let size = 0; waiting[0] && (batch.length === 0 || size + waiting[0].item.commands.length <= COMMANDS_AT_ONCE);) {
        const next = waiting.shift()
        if (!next) break
        size += next.item.commands.length
        waitingCommands -= next.item.commands.length
        batch.push(next)
      }
      const replies = await settle(
        batch.map(({ item }) => item),
        ports
      )
      company.answered(batch.map(({ item }) => keyText(item.key)))
      for (const [index, { settle: answer }] of batch.entries()) answer(replies[index] ?? problem('unavailable', UNAVAILABLE, 1_000))
    }
    running = null
  }

  return {
    push: (item) => {
      if (waitingCommands + item.commands.length > COMMANDS_WAITING)
        return Promise.resolve(
          problem('busy', 'The desk has more work than it can store at once. It stays on the console; send it again.', 2_000)
        )
      waitingCommands += item.commands.length
      return new Promise((answer) => {
        waiting.push({ item, settle: answer })
        company.came()
        running ??= work()
      })
    },
    drained: async () => {
      while (running) await running
    }
  }
}

/** One transaction for all of them; when the database cannot take it as a whole, each on its own, so that one poisoned command holds up nobody else. */
async function settle(items: readonly PushItem[], ports: PushPorts): Promise<readonly Reply<PushReply>[]> {
  try {
    const replies = await persistently(items, ports)
    return replies.map(served)
  } catch (error) {
    // A clash that outlasts every try comes from a command itself: an id that the log already holds for something else.
    if (error instanceof TemporaryFault && !error.conflict) {
      ports.log.warn({ err: error, pushes: items.length }, 'Pushes were not stored; their consoles will send them again.')
      return items.map(() => problem('unavailable', UNAVAILABLE, 1_000))
    }
    if (items.length === 1 && items[0]) return [await alone(items[0], error, ports)]
    const replies: Reply<PushReply>[] = []
    for (const item of items) replies.push(...(await settle([item], ports)))
    return replies
  }
}

/** One push that failed for another reason than trouble with the database: command by command, and the one that cannot be stored is set aside. */
async function alone(item: PushItem, error: unknown, ports: PushPorts): Promise<Reply<PushReply>> {
  const [first, ...others] = item.commands
  if (!first) return problem('badRequest', 'A push needs a command.')
  if (others.length === 0) {
    ports.log.error({ err: error, commandId: first.id, type: first.type, record: first.record }, 'A command could not be stored.')
    if (item.poisoned.has(first.id)) return problem('unavailable', UNAVAILABLE, 30_000)
    return settle([{ ...item, poisoned: new Set([first.id]) }], ports).then(
      ([reply]) => reply ?? problem('unavailable', UNAVAILABLE, 30_000)
    )
  }
  const answers: PushReply['answers'] = []
  let latest: PushReply | null = null
  for (const command of item.commands) {
    const [reply] = await settle([{ ...item, commands: [command] }], ports)
    if (!reply?.ok) {
      if (!latest) return reply ?? problem('unavailable', UNAVAILABLE, 1_000)
      break
    }
    latest = reply.value
    answers.push(...latest.answers)
    if (latest.expected !== null) break
  }
  return latest ? served({ ...latest, answers }) : problem('unavailable', UNAVAILABLE, 1_000)
}

/** Tries a batch again while the trouble is of the passing kind, a bounded number of times. */
async function persistently(items: readonly PushItem[], ports: PushPorts): Promise<readonly PushReply[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(items, ports)
    } catch (error) {
      if (!(error instanceof TemporaryFault)) throw error
      if (attempt >= (error.conflict ? CONFLICT_TRIES : OUTAGE_TRIES)) throw error
      ports.log.warn({ err: error, attempt }, 'A transaction did not go through; trying again.')
      await new Promise<void>((resume) => ports.timers.after(error.conflict ? 5 * attempt : 100 * attempt, resume))
    }
  }
}

async function once(
  items: readonly PushItem[],
  { store, clock, directory, log, onAppended, onBatch }: PushPorts
): Promise<readonly PushReply[]> {
  const startedAt = clock.now()
  const commands = items.flatMap((item) => item.commands)
  const tx: DeskTransaction = await store.begin({
    consoles: [...new Map(items.map(({ key }) => [keyText(key), key])).values()],
    commandIds: [...new Set(commands.map(({ id }) => id))],
    directory: commands.some(changesDirectory),
    ...wantedRecords(commands)
  })
  try {
    const { replies, appended, entries } = await runBatch(tx, items, await directory.at(tx.directoryRevision), grantAt(clock.now()), log)
    if (appended && entries.length > 0) onAppended(appended, entries)
    onBatch?.(commands.length, clock.now() - startedAt)
    return replies
  } catch (error) {
    await tx.rollback()
    throw error
  }
}
