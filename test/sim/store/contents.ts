import { isOpen } from '#shared/domain/case/case.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { RecordImage, RecordRef } from '#shared/domain/record.ts'
import type {
  AnswerBody,
  Batch,
  CaseSearch,
  ConsoleKey,
  ConsoleStanding,
  DirectoryImages,
  LogEntry,
  LogSlice,
  NumberBlock,
  NumberQuestion,
  NumberSpace,
  OthersQuestion,
  OvertakingEntry,
  SnapshotPage,
  SnapshotPhase,
  SnapshotView,
  StoredNumber,
  StoredTimeline
} from '#server/desk-store.ts'
import { WORLD_BEGINS } from '../machine-clock.ts'

export type KeptAnswer = {
  readonly key: ConsoleKey
  readonly commandId: string
  readonly sequence: number
  readonly revision: number
  readonly body: AnswerBody
  readonly refusedCommand: string | null
}
export type KeptLease = NumberBlock & { readonly consoleId: string | null }
export type KeptEpoch = { readonly epoch: number; readonly startRevision: number; readonly identity: string }

/** A clash of unique keys, as the database words it (23505). */
export class UniqueClash extends Error {}

/** What is committed: one desk as its database holds it. Everything in it is immutable but the collections themselves, so a backup is a shallow copy. */
export class Contents {
  log: LogEntry[] = []
  records = new Map<string, RecordImage>()
  epochs: KeptEpoch[] = []
  consoles = new Map<string, ConsoleStanding>()
  answers = new Map<string, KeptAnswer>()
  directoryRevision = 0
  prunedThrough = 0
  numbers: Omit<NumberSpace, 'since'> & { readonly identity: string; readonly lineage: string } = {
    next: 10_001,
    aliveAt: WORLD_BEGINS as Instant,
    busiestDay: 0,
    today: 0,
    todayStartedAt: null,
    identity: 'process 1',
    lineage: 'lineage 1'
  }
  leases: KeptLease[] = []
  /** Case numbers ever taken, and by which case. */
  numbersTaken = new Map<string, string>()
  private commandsLogged = new Set<string>()

  copy(): Contents {
    const copy = new Contents()
    copy.log = [...this.log]
    copy.records = new Map(this.records)
    copy.epochs = [...this.epochs]
    copy.consoles = new Map(this.consoles)
    copy.answers = new Map(this.answers)
    copy.directoryRevision = this.directoryRevision
    copy.prunedThrough = this.prunedThrough
    copy.numbers = this.numbers
    copy.leases = [...this.leases]
    copy.numbersTaken = new Map(this.numbersTaken)
    copy.commandsLogged = new Set(this.commandsLogged)
    return copy
  }

  get head(): number {
    return this.log.length
  }

  /** Everything that a commit writes; throws when a unique key says no, before anything is changed. */
  commit(
    batch: Batch,
    base: number,
    identity: string,
    wall: number,
    seams: { readonly noUniqueKeys: boolean; readonly noEpochs: boolean }
  ): number {
    if (!seams.noUniqueKeys) this.check(batch)
    const known = this.epochs.at(-1)
    const epoch =
      known && (known.identity === identity || seams.noEpochs)
        ? known
        : { epoch: Math.max((known?.epoch ?? 0) + 1, Math.round(wall)), startRevision: this.head, identity }
    if (epoch !== known) this.epochs.push(epoch)
    let revision = base
    for (const entry of batch.entries) {
      revision += 1
      this.place({ ...entry, revision, bytes: JSON.stringify(entry).length })
      const key = recordKey(entry)
      this.records.set(key, entry.image)
      if (entry.kind === 'case' && entry.image.kind === 'case' && entry.image.state)
        this.numbersTaken.set(entry.image.state.number, entry.id)
      if (entry.kind === 'person' || entry.kind === 'queue' || entry.kind === 'policy') this.directoryRevision = base + batch.entries.length
    }
    for (const answer of batch.answers)
      this.answers.set(answer.commandId, {
        key: answer.key,
        commandId: answer.commandId,
        sequence: answer.sequence,
        revision: base + answer.offset,
        body: answer.body,
        refusedCommand: answer.refusedCommand
      })
    for (const { consoleId, personId, lastSequence } of batch.consoles) {
      const standing = this.consoles.get(consoleKey({ consoleId, personId })) ?? freshConsole({ consoleId, personId })
      this.consoles.set(consoleKey(standing), { ...standing, lastSequence })
    }
    return epoch.epoch
  }

  readLog(after: number, limit: number): LogSlice {
    return {
      entries: this.log.slice(Math.max(0, after), Math.max(0, after) + limit).filter((entry) => entry !== undefined),
      head: this.head,
      epochs: this.epochs.map(({ epoch, startRevision }) => ({ epoch, startRevision })),
      prunedThrough: this.prunedThrough
    }
  }

  prune(through: number): void {
    this.prunedThrough = Math.max(this.prunedThrough, through)
    for (let index = 0; index < through; index++) {
      const entry = this.log[index]
      if (entry?.image) this.log[index] = { ...entry, image: null }
    }
  }

  directory(): DirectoryImages {
    const images: RecordImage<'person' | 'queue' | 'policy'>[] = []
    for (const image of this.records.values())
      if (image.state && (image.kind === 'person' || image.kind === 'queue' || image.kind === 'policy')) images.push(image)
    return { revision: this.directoryRevision, images }
  }

  read(refs: readonly RecordRef[]): readonly RecordImage[] {
    return refs.flatMap((ref) => this.records.get(recordKey(ref)) ?? [])
  }

  numberStandings(asked: readonly NumberQuestion[]): readonly StoredNumber[] {
    return asked.map(({ number, serial }) => {
      const lease = serial === null ? undefined : this.leases.find((one) => one.from <= serial && serial <= one.to)
      return {
        number,
        taken: this.numbersTaken.has(number),
        lease: lease ? (lease.consoleId === null ? ('lost' as const) : { consoleId: lease.consoleId }) : null
      }
    })
  }

  loggedCommands(commandIds: readonly string[]): ReadonlySet<string> {
    return new Set(commandIds.filter((id) => this.commandsLogged.has(id)))
  }

  openCaseCounts(refs: readonly RecordRef[]): readonly number[] {
    return refs.map((ref) => {
      let count = 0
      for (const image of this.records.values())
        if (
          image.kind === 'case' &&
          image.state &&
          isOpen(image.state.status) &&
          [image.state.customerId, image.state.queueId, image.state.assigneeId].some((id) => id === ref.id)
        )
          count += 1
      return count
    })
  }

  newestByOthers(asked: readonly OthersQuestion[]): readonly (OvertakingEntry | null)[] {
    return asked.map(({ ref, after, consoleId }) => {
      const entry = this.log.findLast(
        (one) => one.revision > after && one.kind === ref.kind && one.id === ref.id && one.consoleId !== consoleId
      )
      return entry ? { actorId: entry.actorId, facts: entry.facts } : null
    })
  }

  timelines(caseIds: readonly string[]): readonly StoredTimeline[] {
    return caseIds.flatMap((caseId) => {
      const image = this.records.get(`case:${caseId}`)
      if (image?.kind !== 'case' || !image.state) return []
      const entries = this.log
        .filter((entry) => entry.kind === 'case' && entry.id === caseId)
        .map(({ revision, version, facts }) => ({ revision, version, facts }))
      return [{ caseId, image, entries }]
    })
  }

  searchCases({ text, limit, hiddenQueueIds }: CaseSearch): readonly RecordImage<'case'>[] {
    const found: RecordImage<'case'>[] = []
    const wanted = text.toLowerCase()
    for (const image of this.records.values()) {
      if (image.kind !== 'case' || !image.state || hiddenQueueIds.includes(image.state.queueId)) continue
      const { number, subject, aliases } = image.state
      if (
        number.toLowerCase() === wanted ||
        subject.toLowerCase().includes(wanted) ||
        aliases.some((alias) => alias.toLowerCase() === wanted)
      )
        found.push(image)
      if (found.length === limit) break
    }
    return found
  }

  countSnapshot(view: SnapshotView): number {
    let count = 0
    for (const image of this.records.values()) if (phaseOf(image, view)) count += 1
    return count
  }

  snapshotPage(view: SnapshotView, phase: SnapshotPhase, after: string | null, limit: number): SnapshotPage {
    const images = [...this.records.values()]
      .filter((image) => phaseOf(image, view) === phase && (after === null || image.id > after))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const page = images.slice(0, limit)
    return {
      images: page.map((image) => JSON.stringify(image)).join(','),
      count: page.length,
      last: page.length < limit ? null : (page.at(-1)?.id ?? null)
    }
  }

  private check(batch: Batch): void {
    const commandIds = new Set<string>()
    const versions = new Set<string>()
    for (const entry of batch.entries) {
      const version = `${recordKey(entry)}@${entry.version}`
      const known = this.records.get(recordKey(entry))
      if ((known && known.version >= entry.version) || versions.has(version)) throw new UniqueClash(`log entry ${version} exists`)
      versions.add(version)
      if (entry.commandId !== null && (commandIds.has(entry.commandId) || this.commandsLogged.has(entry.commandId)))
        throw new UniqueClash(`command ${entry.commandId} is in the log`)
      if (entry.commandId !== null) commandIds.add(entry.commandId)
      if (entry.image.kind === 'case' && entry.image.state) {
        const holder = this.numbersTaken.get(entry.image.state.number)
        if (holder !== undefined && holder !== entry.id) throw new UniqueClash(`number ${entry.image.state.number} is taken`)
      }
    }
    for (const answer of batch.answers)
      if (this.answers.has(answer.commandId)) throw new UniqueClash(`command ${answer.commandId} has an answer`)
  }

  /** Revisions are places in the log; under a planted fault a place may be filled late or twice, as in a table without the lock. */
  private place(entry: LogEntry): void {
    this.log[entry.revision - 1] = entry
    if (entry.commandId !== null) this.commandsLogged.add(entry.commandId)
  }
}

export function recordKey(ref: { readonly kind: string; readonly id: string }): string {
  return `${ref.kind}:${ref.id}`
}

export function consoleKey(key: ConsoleKey): string {
  return `${key.consoleId}/${key.personId}`
}

export function freshConsole(key: ConsoleKey): ConsoleStanding {
  return { consoleId: key.consoleId, personId: key.personId, lastSequence: 0, lastContactAt: null }
}

function phaseOf(image: RecordImage, view: SnapshotView): SnapshotPhase | null {
  if (!image.state) return null
  if (image.kind !== 'case') return image.kind === 'contact' && !view.contacts ? null : image.kind
  const { status, queueId, changedAt } = image.state
  if (view.hiddenQueueIds.includes(queueId)) return null
  if (isOpen(status)) return 'openCase'
  return changedAt >= view.changedSince ? 'recentCase' : null
}
