import type { LoggedFact, RecordImage } from '#shared/domain/record.ts'
import type { Cursor } from '#shared/protocol/hello.ts'
import type { Appended, Batch } from '#server/desk-store.ts'
import type { KeptEpoch } from './store/contents.ts'
import { same } from './same.ts'
import { recordKey } from './store/contents.ts'

export type TrueEntry = {
  readonly revision: number
  readonly key: string
  readonly commandId: string | null
  readonly consoleId: string | null
  readonly facts: readonly LoggedFact[]
  readonly image: RecordImage
}

/** One future of the desk: a restored backup begins another, which shares its beginning. */
type Branch = { readonly entries: TrueEntry[]; epochs: readonly KeptEpoch[] }

/** What the desk really held at every revision, kept outside of everything that can be killed, pruned or restored. */
export class Truth {
  private branches: Branch[] = [{ entries: [], epochs: [] }]

  committed(batch: Batch, at: Appended, epochs: readonly KeptEpoch[]): void {
    const branch = this.now()
    batch.entries.forEach((entry, index) => {
      branch.entries[at.base + index] = {
        revision: at.base + index + 1,
        key: recordKey(entry),
        commandId: entry.commandId,
        consoleId: entry.consoleId,
        facts: entry.facts,
        image: entry.image
      }
    })
    branch.epochs = [...epochs]
  }

  /** The database was put back to where it had these entries and epochs. */
  wentBack(entries: readonly TrueEntry[], epochs: readonly KeptEpoch[]): void {
    this.branches.unshift({ entries: [...entries], epochs: [...epochs] })
  }

  /** Whether the desk ever made exactly this of a record, in whatever future. */
  everWas(key: string, image: RecordImage): boolean {
    return this.branches.some(({ entries }) =>
      entries.some((entry) => entry?.key === key && entry.image.version === image.version && same(entry.image, image))
    )
  }

  get entries(): readonly TrueEntry[] {
    return this.now().entries
  }

  get futures(): number {
    return this.branches.length
  }

  /** The log that a cursor speaks of; null when no desk there ever was reached it. */
  logAt(cursor: Cursor): readonly TrueEntry[] | null {
    for (const { entries, epochs } of this.branches) {
      const index = epochs.findIndex(({ epoch }) => epoch === cursor.epoch)
      if (index === -1) continue
      const end = epochs[index + 1]?.startRevision ?? entries.length
      if (cursor.revision <= end) return entries
    }
    return null
  }

  private now(): Branch {
    const branch = this.branches[0]
    if (!branch) throw new Error('the desk has no present')
    return branch
  }
}

/** A desk as of a revision, rolled forward entry by entry. */
export class Shadow {
  readonly images = new Map<string, RecordImage>()
  private log: readonly TrueEntry[] | null = null
  private at = 0

  /** Moves to a revision of a log and returns the keys that may look different now; null when everything may. */
  moveTo(log: readonly TrueEntry[], revision: number): ReadonlySet<string> | null {
    const goesOn = this.log === log && revision >= this.at
    if (!goesOn) {
      this.images.clear()
      this.log = log
      this.at = 0
    }
    const touched = new Set<string>()
    for (let index = this.at; index < revision; index++) {
      const entry = log[index]
      if (!entry) continue
      touched.add(entry.key)
      if (entry.image.state === null) this.images.delete(entry.key)
      else this.images.set(entry.key, entry.image)
    }
    this.at = revision
    return goesOn ? touched : null
  }
}
