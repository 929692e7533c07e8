import type { Command } from '#shared/domain/command.ts'
import type { Directory } from '#shared/domain/context.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { LoggedFact, RecordImage, RecordKind, RecordRef, StateOf } from '#shared/domain/record.ts'
import type { BoardRecord } from '../engine-api.ts'
import { boardDirectory } from './board-directory.ts'
import { replay } from './rebase.ts'
import type { Replayed } from './rebase.ts'

export type RecordKey = string

export function keyOf(ref: RecordRef): RecordKey {
  return `${ref.kind}:${ref.id}`
}

type Pending = { readonly command: Command; readonly key: RecordKey; facts: readonly LoggedFact[]; refers: readonly RecordRef[] }
type Overlay = { readonly image: RecordImage | undefined; readonly pending: number }

/**
 * The visible desk: the confirmed base with the pending commands of its person replayed on it, in the order of their sequences
 * (SYNC-2). Whoever changes the base or the queue calls `rebase` with what was touched and is told what looks different now.
 */
export class Board {
  base = new Map<RecordKey, RecordImage>()
  readonly #overlay = new Map<RecordKey, Overlay>()
  #pending: readonly Pending[] = []
  #actor: Person | null = null
  readonly directory: Directory
  readonly #policies = new Set<RecordKey>()
  readonly #onFault: (doing: string, error: unknown) => void

  constructor(onFault: (doing: string, error: unknown) => void) {
    this.#onFault = onFault
    this.directory = boardDirectory(
      (kind, id) => this.state(kind, id),
      () => this.#visiblePolicies()
    )
  }

  /** The visible image of a record, undefined when the desk shows none. */
  image(key: RecordKey): RecordImage | undefined {
    const over = this.#overlay.get(key)
    return over ? over.image : this.base.get(key)
  }

  state<K extends RecordKind>(kind: K, id: string): StateOf[K] | undefined {
    return (this.image(`${kind}:${id}`)?.state ?? undefined) as StateOf[K] | undefined
  }

  /** What windows are shown of a record; undefined when it is not on the desk. */
  record(key: RecordKey): BoardRecord | undefined {
    const over = this.#overlay.get(key)
    const image = over ? over.image : this.base.get(key)
    return image && image.state !== null ? { ...image, pending: over?.pending ?? 0 } : undefined
  }

  /** Everything visible, directory first as the base holds it, then what only pending work has made. */
  *records(): Iterable<BoardRecord> {
    for (const key of this.base.keys()) {
      const record = this.record(key)
      if (record) yield record
    }
    for (const key of this.#overlay.keys()) {
      const record = this.base.has(key) ? undefined : this.record(key)
      if (record) yield record
    }
  }

  /** Takes an image into the base unless the base is as new. True: it was taken. */
  take(image: RecordImage): boolean {
    const key = keyOf(image)
    const known = this.base.get(key)
    if (known && known.version >= image.version) return false
    if (image.state === null) this.base.delete(key)
    else this.base.set(key, image)
    if (image.kind === 'policy') this.#policies.add(key)
    return true
  }

  /** Another base altogether; the queue stays. */
  replaceBase(base: Map<RecordKey, RecordImage>): void {
    this.base = base
    this.#policies.clear()
    for (const key of base.keys()) if (key.startsWith('policy:')) this.#policies.add(key)
  }

  /** Sets whose queue is replayed. Follow with `rebase('all')`. */
  setQueue(actor: Person | null, commands: readonly Command[]): void {
    this.#actor = actor
    this.#pending = commands.map((command) => ({ command, key: keyOf(command.record), facts: [], refers: [] }))
  }

  get hasQueue(): boolean {
    return this.#pending.length > 0
  }

  get queue(): readonly Command[] {
    return this.#pending.map((pending) => pending.command)
  }

  /** Decides a new command on the visible desk without queueing it. */
  try(command: Command): Replayed {
    if (!this.#actor) throw new Error(`command ${command.id} was given with nobody signed in`)
    return replay(command, this.image(keyOf(command.record)), this.#actor, this.directory)
  }

  /** Queues a command that `try` has decided; returns what looks different. */
  append(command: Command, replayed: Replayed): readonly RecordKey[] {
    const key = keyOf(command.record)
    const image = replayed.outcome === 'applied' ? replayed.image : this.image(key)
    this.#pending = [
      ...this.#pending,
      { command, key, facts: replayed.outcome === 'applied' ? replayed.facts : [], refers: replayed.refers }
    ]
    this.#overlay.set(key, { image, pending: (this.#overlay.get(key)?.pending ?? 0) + 1 })
    if (key.startsWith('policy:')) this.#policies.add(key)
    return [key]
  }

  hasPending(key: RecordKey): boolean {
    return this.#overlay.has(key)
  }

  /** Takes commands out of the queue; follow with `rebase` of the keys returned. */
  retire(commandIds: ReadonlySet<string>): readonly RecordKey[] {
    const keys = this.#pending.filter((pending) => commandIds.has(pending.command.id)).map((pending) => pending.key)
    if (keys.length > 0) this.#pending = this.#pending.filter((pending) => !commandIds.has(pending.command.id))
    return keys
  }

  /** The facts that pending commands add to a case's timeline, oldest first. */
  pendingFacts(key: RecordKey): readonly { readonly commandId: string; readonly facts: readonly LoggedFact[] }[] {
    return this.#pending
      .filter((pending) => pending.key === key)
      .map((pending) => ({ commandId: pending.command.id, facts: pending.facts }))
  }

  /**
   * Replays the queue where the touched records make a difference and returns every key that may look different. Commands on other
   * records keep their result: nothing they read has changed.
   */
  rebase(touched: Iterable<RecordKey> | 'all'): ReadonlySet<RecordKey> {
    const changed = new Set<RecordKey>(touched === 'all' ? this.#overlay.keys() : touched)
    if (this.#pending.length === 0) {
      for (const key of this.#overlay.keys()) changed.add(key)
      this.#overlay.clear()
      return changed
    }
    const dirty = touched === 'all' || this.#reachesDirectory(changed) ? 'all' : this.#dependents(changed)
    for (const key of dirty === 'all' ? [...this.#overlay.keys()] : dirty) {
      this.#overlay.delete(key)
      changed.add(key)
    }
    for (const pending of this.#pending) {
      if (dirty !== 'all' && !dirty.has(pending.key)) continue
      this.#replayInPlace(pending)
      changed.add(pending.key)
    }
    return changed
  }

  #replayInPlace(pending: Pending): void {
    const before = this.image(pending.key)
    const result = this.#actor ? replay(pending.command, before, this.#actor, this.directory) : null
    if (result?.outcome === 'fault') this.#onFault(`replaying command ${pending.command.id}`, result.error)
    pending.facts = result?.outcome === 'applied' ? result.facts : []
    pending.refers = result?.refers ?? []
    this.#overlay.set(pending.key, {
      image: result?.outcome === 'applied' ? result.image : before,
      pending: (this.#overlay.get(pending.key)?.pending ?? 0) + 1
    })
    if (pending.key.startsWith('policy:')) this.#policies.add(pending.key)
  }

  /** Directory records are read by any command, and a queue that changes the directory is replayed whole. */
  #reachesDirectory(keys: Iterable<RecordKey>): boolean {
    for (const key of keys) if (!key.startsWith('case:')) return true
    return this.#pending.some((pending) => !pending.key.startsWith('case:'))
  }

  /** The touched records and those whose pending commands read a touched one, closed over the queue. */
  #dependents(touched: ReadonlySet<RecordKey>): ReadonlySet<RecordKey> {
    const dirty = new Set(touched)
    for (let grown = -1; grown !== dirty.size;) {
      grown = dirty.size
      for (const pending of this.#pending) if (pending.refers.some((ref) => dirty.has(keyOf(ref)))) dirty.add(pending.key)
    }
    return dirty
  }

  *#visiblePolicies(): Iterable<StateOf['policy']> {
    for (const key of this.#policies) {
      const state = this.image(key)?.state
      if (state) yield state as StateOf['policy']
    }
  }
}
