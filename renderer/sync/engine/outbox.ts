import type { Command } from '#shared/domain/command.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { DAY } from '#shared/domain/instant.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import type { CommandRow } from './rows.ts'
import { put, remove } from './store-op.ts'
import type { StoreOp } from './store-op.ts'

/** How long an answered command is kept, so that a desk restored from a backup gets it back (SYNC-8). */
const KEPT_FOR = 7 * DAY

/** A stand-in that keeps a taken-back command's place in the sequence; no desk knows the type, so every desk refuses it. */
export const WITHDRAWN = 'withdrawn'

/** A row with what this run of the engine knows of its safety. */
export type Entry = CommandRow & {
  readonly inVault: boolean
  readonly inJournal: boolean
  /** The visible base holds its effect, or it has none. */
  readonly covered: boolean
}

/**
 * Every command made on this computer that has not been answered, and those answered lately. One queue in order of making; each
 * person's commands are a run of sequences without a hole under that person's own console id.
 */
export class Outbox {
  /** In order of making: a Map keeps the order in which keys first came. */
  readonly #entries = new Map<string, Entry>()
  /** Ids of what is unanswered and of what the base does not hold yet: short lists beside a week of answered commands. */
  readonly #queued = new Set<string>()
  readonly #uncovered = new Set<string>()
  readonly #highest = new Map<string, number>()
  readonly #waiting = new Map<string, number>()
  #lastOrdinal = 0

  load(entries: readonly Entry[]): void {
    this.#entries.clear()
    this.#queued.clear()
    this.#uncovered.clear()
    this.#highest.clear()
    this.#waiting.clear()
    this.#lastOrdinal = 0
    for (const entry of entries.toSorted((a, b) => a.ordinal - b.ordinal)) this.#keep(entry)
  }

  entries(): Iterable<Entry> {
    return this.#entries.values()
  }

  get size(): number {
    return this.#entries.size
  }

  /** Those whose effect the base does not hold yet; the list may be changed while it is gone through. */
  uncovered(): readonly Entry[] {
    return this.#picked(this.#uncovered)
  }

  get(commandId: string): Entry | undefined {
    return this.#entries.get(commandId)
  }

  nextOrdinal(): number {
    return this.#lastOrdinal + 1
  }

  /** One past every sequence this console has used. */
  nextSequence(consoleId: string, answered: number): number {
    return Math.max(answered, this.#highest.get(consoleId) ?? 0) + 1
  }

  /** Every row as it should lie on the disk. */
  rows(): readonly StoreOp[] {
    return [...this.#entries.values()].map(rowOp)
  }

  add(entry: Entry): StoreOp {
    this.#keep(entry)
    return rowOp(entry)
  }

  /** Changes one entry and returns the row to write. */
  change(commandId: string, change: Partial<Entry>): StoreOp {
    const known = this.#entries.get(commandId)
    if (!known) throw new Error(`command ${commandId} is not in the outbox`)
    const next = { ...known, ...change }
    this.#keep(next)
    return rowOp(next)
  }

  /** The commands of one console in sequence order. */
  of(consoleId: string): readonly Entry[] {
    return bySequence([...this.#entries.values()].filter((entry) => entry.command.consoleId === consoleId))
  }

  /** What is still to be confirmed on the visible desk: unanswered, or accepted but not in the base yet. */
  shown(consoleId: string): readonly Entry[] {
    return bySequence(
      this.uncovered().filter((entry) => entry.command.consoleId === consoleId && entry.progress.at !== 'refused' && !entry.withdrawn)
    )
  }

  /** How many commands of one console are unanswered. */
  waiting(consoleId: string): number {
    return this.#waiting.get(consoleId) ?? 0
  }

  /** The same for every console of this computer. */
  waitingByConsole(): ReadonlyMap<string, number> {
    return this.#waiting
  }

  /**
   * The next run to push: unanswered, on disk, without a hole, within the wire's bounds. A command that is not yet on disk ends the
   * run: pushed and then forgotten by a crash, its sequence would be given to another (SYNC-4).
   */
  nextRun(consoleId: string, atMost: number): readonly Command[] {
    const run: Command[] = []
    let bytes = 0
    for (const entry of bySequence(this.#picked(this.#queued).filter((one) => one.command.consoleId === consoleId))) {
      if (!entry.inVault && !entry.inJournal) break
      const previous = run.at(-1)
      if (previous && entry.command.sequence !== previous.sequence + 1) break
      const command = onWire(entry)
      bytes += JSON.stringify(command).length + 1
      if (run.length > 0 && (run.length >= Math.min(atMost, LIMITS.commandsPerPush) || bytes > LIMITS.bytesPerPush - 200)) break
      run.push(command)
    }
    return run
  }

  /**
   * Puts the console's commands above `answered` back into the queue, answered ones too: the desk says it knows none of them. They get
   * new sequences where the run has a hole; `strays` are queued commands whose sequence the desk has given an answer of another
   * command. Ids stay, so a command that did arrive is still done once (SYNC-8).
   */
  putBack(
    consoleId: string,
    answered: number,
    strays: ReadonlySet<string> = new Set()
  ): { readonly ops: readonly StoreOp[]; readonly changed: readonly Entry[] } {
    const behind = this.of(consoleId)
      .filter((entry) => entry.command.sequence > answered || strays.has(entry.command.id))
      .toSorted((a, b) => a.ordinal - b.ordinal)
    const ops: StoreOp[] = []
    const changed: Entry[] = []
    let sequence = answered
    for (const entry of behind) {
      sequence += 1
      // Shown from the base though unanswered: that base is from before the desk went back.
      if (entry.command.sequence === sequence && entry.progress.at === 'queued' && !entry.covered) continue
      const renumbered = entry.command.sequence !== sequence
      ops.push(
        this.change(entry.command.id, {
          command: { ...entry.command, sequence },
          progress: { at: 'queued' },
          covered: false,
          inVault: false,
          ...(renumbered ? { inJournal: false } : {})
        })
      )
      const now = this.get(entry.command.id)
      if (now) changed.push(now)
    }
    this.#highest.set(consoleId, sequence)
    return { ops, changed }
  }

  /**
   * Puts answered commands back into the queue under their own sequences, because the desk that answered them is not the one of now: a
   * backup may hold another answer to them, or none (SYNC-8).
   */
  askAgain(
    consoleId: string,
    doubted: (entry: Entry) => boolean
  ): { readonly ops: readonly StoreOp[]; readonly changed: readonly Entry[] } {
    const changed: Entry[] = []
    const ops: StoreOp[] = []
    for (const entry of this.of(consoleId)) {
      if (entry.progress.at === 'queued' || entry.withdrawn || !doubted(entry)) continue
      ops.push(this.change(entry.command.id, { progress: { at: 'queued' }, covered: false, inVault: false }))
      const now = this.get(entry.command.id)
      if (now) changed.push(now)
    }
    return { ops, changed }
  }

  /** Forgets commands answered longer ago than anything is restored from. Refused ones stay while somebody has to attend to them. */
  prune(now: Instant, needsAttention: (commandId: string) => boolean): readonly StoreOp[] {
    const ops: StoreOp[] = []
    for (const entry of this.#entries.values()) {
      const { progress } = entry
      if (progress.at === 'queued' || !entry.covered || now - progress.answeredAt <= KEPT_FOR) continue
      if (progress.at === 'refused' && needsAttention(entry.command.id)) continue
      this.#entries.delete(entry.command.id)
      ops.push(remove('command', rowKey(entry.ordinal)))
    }
    return ops
  }

  /** Whether every command that has a line in the journal is known to be on the disk there. */
  wholeInJournal(): boolean {
    for (const entry of this.#entries.values()) if (entry.line !== null && !entry.inJournal) return false
    return true
  }

  /** The first journal line that still holds something kept; lines before it may go. */
  firstLine(): number | null {
    let first: number | null = null
    for (const entry of this.#entries.values()) if (entry.line !== null && (first === null || entry.line < first)) first = entry.line
    return first
  }

  #picked(ids: ReadonlySet<string>): readonly Entry[] {
    const picked: Entry[] = []
    for (const id of ids) {
      const entry = this.#entries.get(id)
      if (entry) picked.push(entry)
    }
    return picked
  }

  #keep(entry: Entry): void {
    const { id, consoleId, sequence } = entry.command
    this.#entries.set(id, entry)
    if (entry.progress.at === 'queued' && !this.#queued.has(id)) {
      this.#queued.add(id)
      this.#waiting.set(consoleId, (this.#waiting.get(consoleId) ?? 0) + 1)
    } else if (entry.progress.at !== 'queued' && this.#queued.delete(id)) {
      this.#waiting.set(consoleId, (this.#waiting.get(consoleId) ?? 0) - 1)
    }
    if (entry.covered) this.#uncovered.delete(id)
    else this.#uncovered.add(id)
    this.#highest.set(consoleId, Math.max(this.#highest.get(consoleId) ?? 0, sequence))
    this.#lastOrdinal = Math.max(this.#lastOrdinal, entry.ordinal)
  }
}

function bySequence(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => a.command.sequence - b.command.sequence)
}

/** What goes over the wire for an entry. */
export function onWire(entry: Entry): Command {
  return entry.withdrawn ? { ...entry.command, type: WITHDRAWN, payload: {} } : entry.command
}

function rowKey(ordinal: number): string {
  return String(ordinal).padStart(12, '0')
}

function rowOp(entry: Entry): StoreOp {
  const { ordinal, deskId, command, progress, withdrawn, line } = entry
  return put('command', rowKey(ordinal), { ordinal, deskId, command, progress, withdrawn, line } satisfies CommandRow)
}
