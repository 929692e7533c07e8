import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { PersonId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage, RecordRef, SavedFact } from '#shared/domain/record.ts'
import { bulkEntry } from '../bulk-entry.ts'
import type { Clock } from '../clock.ts'
import type { DeskStore, DeskTransaction, NewEntry } from '../desk-store.ts'
import { DESK_ITSELF } from '../first-start.ts'
import { nameBasedId } from '../name-based-id.ts'
import { numbersUsedAtOnce } from '../numbers-used-at-once.ts'
import { smallDirectory } from '../small-directory.ts'
import type { ImportAnswer, ImportBatch } from './batch.ts'
import { belatedNote, newLines } from './new-lines.ts'
import { historyOf, lastColumns, recordedLines } from './servicenow/history.ts'
import type { Desk, Remark } from './servicenow/history.ts'
import { readLine } from './servicenow/line.ts'
import type { ExportLine } from './servicenow/line.ts'
import { directoryOf, namesOf } from './servicenow/names.ts'

/** The plan that the placeholder customer has, whose policy imported cases run under. */
const PLAN = 'managed-os'
const CONSOLE = nameBasedId('import', 'console')

/**
 * Adds a batch of export lines to the desk in one transaction. What is there already stays as it is, so a batch that comes twice, or
 * again after a crash, changes nothing the second time. `importer` is who did it; null stands for the command line on the desk's own
 * machine. May throw a TemporaryFault, after which either nothing of the batch is there or all of it.
 */
export async function importBatch(batch: ImportBatch, importer: PersonId | null, store: DeskStore, clock: Clock): Promise<ImportAnswer> {
  const now = clock.now()
  const names = namesOf(batch.system)
  const { incidents, rejected } = readIncidents(batch, now)
  const policies = smallDirectory(0, (await store.readDirectory()).images)
  const policy = policies.policyFor(PLAN, now)
  if (!policy) throw new Error(`the desk has no policy for ${PLAN}: it was never prepared`)
  const wanted = directoryOf(names, [...incidents.values()].flat())
  const caseRefs = [...incidents.keys()].map((number): RecordRef => ({ kind: 'case', id: names.caseOf(number) }))

  // Under the directory's lock imports take turns, so that two of them never open the same case.
  const transaction = await store.begin({ consoles: [], commandIds: [], directory: true })
  try {
    const known = await readKnown(transaction, store, [...caseRefs, ...wanted.map(refOf)])
    const fresh = caseRefs.filter((ref) => !known.image(ref))
    const serials = fresh.length > 0 ? await transaction.takeNumbers(CONSOLE, fresh.length, numbersUsedAtOnce(now)) : []
    const numbers = new Map(fresh.map(({ id }, index) => [id, caseNumberOf(serials[index] ?? 0)]))

    const changed: string[] = []
    const unchanged: string[] = []
    const remarks: Remark[] = []
    const entries: NewEntry[] = []
    for (const [number, incident] of incidents) {
      const ref: RecordRef = { kind: 'case', id: names.caseOf(number) }
      const image = known.image(ref)
      if (image?.state === null) {
        rejected.push(...incident.map(({ line }) => ({ line, text: `the case of ${number} was removed from this desk` })))
        continue
      }
      const desk = { names, caseNumber: numbers.get(ref.id) ?? '', policyId: policy.id, recordedAt: now }
      const added = factsFor(incident, image, known.facts(ref), desk)
      remarks.push(...added.remarks)
      const actor = added.logged.at(-1)?.actorId
      if (actor !== undefined) entries.push(bulkEntry(ref, image, added.logged, actor, now))
      ;(actor !== undefined ? changed : unchanged).push(number)
    }
    const answer = { changed, unchanged, events: entries.reduce((sum, { facts }) => sum + facts.length, 0), rejected, remarks }
    if (entries.length === 0) return answer
    const directory = wanted.filter((fact) => !known.image(refOf(fact))?.state)
    const actorId = importer ?? DESK_ITSELF
    const saved = directory.map((fact) => bulkEntry(refOf(fact), known.image(refOf(fact)), [logged(fact, actorId, now)], actorId, now))
    await transaction.appendAndCommit({ entries: [...saved, ...entries], answers: [], consoles: [] })
    return answer
  } finally {
    await transaction.rollback()
  }
}

function readIncidents(batch: ImportBatch, now: Instant) {
  const incidents = new Map<string, ExportLine[]>()
  const rejected: Remark[] = []
  for (const { line, cells } of batch.lines) {
    const read = readLine(line, cells, now)
    if (!read.usable) rejected.push({ line, text: read.reason })
    else if (incidents.has(read.line.number)) incidents.get(read.line.number)?.push(read.line)
    else incidents.set(read.line.number, [read.line])
  }
  return { incidents, rejected }
}

async function readKnown(transaction: DeskTransaction, store: DeskStore, refs: readonly RecordRef[]) {
  const images = new Map((await transaction.lockRecords(refs)).map((image) => [keyOf(image), image]))
  const caseIds = [...images.values()].filter(({ kind, state }) => kind === 'case' && state !== null).map(({ id }) => id)
  const timelines = caseIds.length > 0 ? await store.readTimelines(caseIds) : []
  const facts = new Map(timelines.map(({ caseId, entries }) => [caseId, entries.flatMap((entry) => entry.facts)]))
  return { image: (ref: RecordRef) => images.get(keyOf(ref)), facts: ({ id }: RecordRef) => facts.get(id) ?? [] }
}

/** What an incident's lines add to its case. */
function factsFor(lines: readonly ExportLine[], image: RecordImage | undefined, facts: readonly LoggedFact[], desk: Desk) {
  const { following, belated, remarks } = newLines(lines, recordedLines(facts), desk.names)
  const state = image?.kind === 'case' ? image.state : null
  const columns = lastColumns(facts)
  if (state && !columns) throw new Error(`case ${state.id} (${state.number}) has an imported identity but no imported line`)
  const history = historyOf(following, state && columns ? { state, columns } : null, desk)
  const notes: readonly LoggedFact<CaseFact>[] = belated.map((late) => belatedNote(late, desk.names, desk.recordedAt))
  return { logged: [...notes, ...history.logged], remarks: [...remarks, ...history.remarks] }
}

function logged(fact: SavedFact, actorId: PersonId, now: Instant): LoggedFact {
  return { fact, occurredAt: now, recordedAt: now, actorId, commandId: null, late: false }
}

function refOf({ kind, state }: SavedFact): RecordRef {
  return { kind, id: state.id }
}

function keyOf({ kind, id }: RecordRef): string {
  return `${kind} ${id}`
}
