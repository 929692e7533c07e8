import type { Command } from '#shared/domain/command.ts'
import type { Context, Directory, NumberStanding } from '#shared/domain/context.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import { caseNumberOf, serialOf } from '#shared/domain/case/case-number.ts'
import { refuse } from '#shared/domain/decision.ts'
import type { Decision } from '#shared/domain/decision.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import type { PersonId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { judge, references } from '#shared/domain/judge.ts'
import { maySee } from '#shared/domain/permission/scope.ts'
import type { LoggedFact, RecordImage, RecordKind, RecordRef } from '#shared/domain/record.ts'
import { settleOccurredAt } from '#shared/domain/sla/occurred-at.ts'
import type { Answer, PushReply } from '#shared/protocol/push.ts'
import type { AnswerBody, Appended, ConsoleKey, DeskTransaction, NewAnswer, NewEntry, NumberGrant, Overtaking } from './desk-store.ts'
import type { Logger } from './logger.ts'
import { smallDirectory } from './small-directory.ts'
import type { SmallDirectory } from './small-directory.ts'
import { isStorable } from './storable.ts'

/** One console's push, checked at the border: all of it is this person's, from this console, in sequence order. */
export type PushItem = {
  readonly key: ConsoleKey
  readonly commands: readonly Command[]
  /** The lowest sequence the console still holds; what is below it can never come. */
  readonly oldestHeld: number | null
  readonly receivedAt: Instant
  /** Where its contact stood when this connection began (SLA-11). */
  readonly contactBefore: Instant | null
  /** Commands that the database itself cannot take: set aside with their content, so that they hold up nobody. */
  readonly poisoned: ReadonlySet<string>
}

export type BatchResult = {
  readonly replies: readonly PushReply[]
  readonly appended: Appended | null
  readonly entries: readonly NewEntry[]
}

/** Kinds that decide what everybody may do: their changes take turns. */
const SMALL_KINDS: ReadonlySet<RecordKind> = new Set(['person', 'queue', 'policy'])
export const changesDirectory = ({ record }: Command): boolean => SMALL_KINDS.has(record.kind)

/** The records that these commands change, and those that they are known to look up: what their transaction begins with. */
export function wantedRecords(commands: readonly Command[]): { readonly lock: readonly RecordRef[]; readonly read: readonly RecordRef[] } {
  const lock = distinct(commands.map(({ record }) => record).filter(isAddressable))
  const locked = new Set(lock.map(refText))
  const referred = commands.flatMap((command) => safely(() => references(command, undefined), []))
  const read = distinct(referred.filter((ref) => !SMALL_KINDS.has(ref.kind) && isAddressable(ref) && !locked.has(refText(ref))))
  return { lock, read }
}

/**
 * Judges every push of one transaction in order, in memory, and appends what follows. Commands answered before keep their answer; a run
 * with a hole stops there; a command that a bug keeps from being judged is refused and the rest goes on. Leaves the transaction committed.
 */
export async function runBatch(
  tx: DeskTransaction,
  items: readonly PushItem[],
  directory: SmallDirectory,
  grant: NumberGrant,
  log: Logger
): Promise<BatchResult> {
  const lines = planned(tx, items)
  const fresh = lines.flatMap(({ steps }) => steps.filter((step) => step.stored === null))
  const desk = await openDesk(tx, fresh, directory, grant)

  const answers = new Map<string, NewAnswer>()
  const refusals: { readonly step: Step; readonly position: number }[] = []
  for (const { steps } of lines)
    for (const step of steps) {
      if (step.stored !== null || answers.has(step.command.id)) continue
      const body = await desk.decide(step, log)
      if (body.outcome === 'refused') refusals.push({ step, position: answers.size })
      answers.set(step.command.id, newAnswer(step, body, desk.entries.length))
    }
  const overtakings = await desk.overtakings(refusals.map(({ step }) => step.command))
  for (const [index, { step }] of refusals.entries()) {
    const answer = answers.get(step.command.id)
    const overtakenBy = overtakings[index] ?? null
    if (answer?.body.outcome === 'refused') answers.set(step.command.id, { ...answer, body: { ...answer.body, overtakenBy } })
  }

  const consoles = lines.flatMap(({ item, before, last }) => (last > before ? [{ ...item.key, lastSequence: last }] : []))
  const nothing = answers.size === 0 && consoles.length === 0
  const appended = nothing
    ? null
    : await tx.appendAndCommit({ entries: desk.entries, answers: [...answers.values()], consoles: newestOf(consoles) })
  if (nothing) await tx.rollback()

  const replies = lines.map(({ steps, last, expected }): PushReply => ({
    answers: steps.flatMap(({ command, stored }) => {
      if (stored) return [answerOf(command, stored.revision, stored.body)]
      const answer = answers.get(command.id)
      return answer && appended ? [answerOf(command, appended.base + answer.offset, answer.body)] : []
    }),
    lastSequence: last,
    expected
  }))
  return { replies, appended, entries: desk.entries }
}

type Stored = { readonly revision: number; readonly body: AnswerBody }
type Step = { readonly item: PushItem; readonly command: Command; readonly stored: Stored | null }
type Line = {
  readonly item: PushItem
  readonly steps: readonly Step[]
  readonly before: number
  readonly last: number
  readonly expected: number | null
}

/** Which commands of each push are new, which were answered before, and where a run has a hole. */
function planned(tx: DeskTransaction, items: readonly PushItem[]): readonly Line[] {
  const lastOf = new Map(tx.consoles.map((standing) => [keyText(standing), standing.lastSequence]))
  return items.map((item) => {
    const before = lastOf.get(keyText(item.key)) ?? 0
    let last = before
    let expected: number | null = null
    const steps: Step[] = []
    for (const command of item.commands) {
      if (item.oldestHeld !== null && command.sequence > last + 1) last = Math.max(last, Math.min(item.oldestHeld, command.sequence) - 1)
      if (command.sequence > last + 1) {
        expected = last + 1
        break
      }
      // An unknown id under a used sequence comes from a console that lost count; its work is as good as any.
      steps.push({ item, command, stored: tx.answered.get(command.id) ?? null })
      last = Math.max(last, command.sequence)
    }
    lastOf.set(keyText(item.key), last)
    return { item, steps, before, last, expected }
  })
}

/** The records of one transaction, evolving as its commands are decided. */
async function openDesk(tx: DeskTransaction, fresh: readonly Step[], small: SmallDirectory, grant: NumberGrant) {
  const images = new Map<string, RecordImage>()
  const known = new Set<string>()
  const entries: NewEntry[] = []
  const keep = (refs: readonly RecordRef[], found: readonly RecordImage[]) => {
    for (const ref of refs) known.add(refText(ref))
    for (const image of found) images.set(refText(image), image)
  }
  const wanted = wantedRecords(fresh.map(({ command }) => command))
  keep([...wanted.lock, ...wanted.read], tx.records)
  const stateOf = (ref: RecordRef) => images.get(refText(ref))?.state ?? undefined
  const load = async (refs: readonly RecordRef[]) => {
    const missing = distinct(refs.filter((ref) => !SMALL_KINDS.has(ref.kind) && isAddressable(ref) && !known.has(refText(ref))))
    if (missing.length > 0) keep(missing, await tx.readRecords(missing))
  }
  // What only the record's own state can tell is wanted too.
  await load(fresh.flatMap(({ command }) => safely(() => references(command, stateOf(command.record)), [])))
  const numbers = await gatherNumbers(tx, fresh, grant)
  const openCases = await gatherOpenCases(tx, fresh)

  const directory = (): Directory => {
    const changed = entries.filter(({ kind }) => SMALL_KINDS.has(kind)).map(({ image }) => image)
    const now = changed.length > 0 ? overlaid(small, changed) : small
    return {
      ...now,
      customer: (id) => stateOf({ kind: 'customer', id }) as Customer | undefined,
      contact: (id) => stateOf({ kind: 'contact', id }) as Contact | undefined,
      item: (id) => stateOf({ kind: 'item', id }) as Item | undefined,
      lastAdmin: (id) => now.persons.filter(({ role, active }) => role === 'admin' && active).every((admin) => admin.id === id),
      openCases: (ref) => openCases.get(refText(ref)) ?? 0
    }
  }

  const decide = async ({ item, command }: Step, log: Logger): Promise<AnswerBody> => {
    const state = stateOf(command.record)
    await load(safely(() => references(command, state), []))
    const lookUp = directory()
    const actor = lookUp.person(item.key.personId as PersonId)
    if (item.poisoned.has(command.id)) return refusedAs(refuse('couldNotBeJudged', { type: command.type }))
    if (!isAddressable(command.record) || !isStorable(command.payload))
      return refusedAs(refuse('malformed', { problem: 'it holds an id or characters that cannot be kept' }))
    if (!actor) return refusedAs(refuse('notSignedIn'))
    const { occurredAt, late } = settleOccurredAt(command.occurredAt, command.uncertainty, item.receivedAt, item.contactBefore)
    const number = numbers.standingFor(item, command)
    const context: Context = { now: item.receivedAt, occurredAt, late, commandId: command.id, actor, directory: lookUp, number }
    try {
      const decision: Decision = judge(command, state, context)
      if (!decision.accepted) return refusedAs(decision)
      if (decision.facts.length > 0) {
        const logged = logFacts(decision.facts, context)
        const image = evolve(command.record, images.get(refText(command.record)), logged)
        images.set(refText(command.record), image)
        entries.push(entryOf(command, image, logged, item.receivedAt))
        numbers.use(image)
      }
      return { outcome: 'accepted', number: numberOf(images.get(refText(command.record))) }
    } catch (error) {
      log.error(
        { err: error, commandId: command.id, type: command.type, record: command.record },
        'A command could not be judged; it was refused with its content kept.'
      )
      return refusedAs(refuse('couldNotBeJudged', { type: command.type }))
    }
  }

  /** What somebody else did to each command's record after the revision it was decided on: the newest such change. */
  const overtakings = async (refused: readonly Command[]): Promise<readonly (Overtaking | null)[]> => {
    const lookUp = directory()
    const asked = refused.filter(({ actorId, record }) => {
      const actor = lookUp.person(actorId)
      const image = images.get(refText(record))
      // What was done to a record is told only to those who may see it (PERM-3): anybody can have a command refused.
      return (
        actor?.active === true &&
        image !== undefined &&
        image.state !== null &&
        maySee(actor, { kind: image.kind, state: image.state }, lookUp)
      )
    })
    const found = await tx.newestByOthers(asked.map(({ record, decidedOn, consoleId }) => ({ ref: record, after: decidedOn, consoleId })))
    return refused.map((command) => {
      if (!asked.includes(command)) return null
      const inBatch = entries.findLast((entry) => refText(entry) === refText(command.record) && entry.consoleId !== command.consoleId)
      const stored = found[asked.indexOf(command)]
      const newest = inBatch ?? stored
      return newest ? overtaking(newest, lookUp) : null
    })
  }

  return { entries, decide, overtakings }
}

function overlaid(small: SmallDirectory, changed: readonly RecordImage[]): SmallDirectory {
  const persons = small.persons.map((state): RecordImage => ({ kind: 'person', id: state.id, version: 0, state }))
  const queues = small.queues.map((state): RecordImage => ({ kind: 'queue', id: state.id, version: 0, state }))
  const policies = small.policies.map((state): RecordImage => ({ kind: 'policy', id: state.id, version: 0, state }))
  return smallDirectory(small.revision, [...persons, ...queues, ...policies, ...changed])
}

/** What is known of the numbers that the batch's new cases want, with final ones ready for those that were opened under a provisional number. */
async function gatherNumbers(tx: DeskTransaction, fresh: readonly Step[], grant: NumberGrant) {
  const opens = fresh.flatMap((step) => {
    const number = step.command.type === 'open' ? step.command.payload['number'] : undefined
    return typeof number === 'string' && isStorable(number) ? [{ step, number }] : []
  })
  const finals = opens.filter(({ number }) => !number.startsWith('T-'))
  const asked = [...new Set(finals.map(({ number }) => number))].map((number) => ({ number, serial: serialOf(number) }))
  const stored = new Map((asked.length > 0 ? await tx.numberStandings(asked) : []).map((standing) => [standing.number, standing]))
  const replacements = new Map<string, string>()
  for (const { step } of opens.filter(({ number }) => number.startsWith('T-'))) {
    const [serial] = await tx.takeNumbers(step.command.consoleId, 1, grant)
    if (serial !== undefined) replacements.set(step.command.id, caseNumberOf(serial))
  }
  const used = new Set<string>()
  const standingFor = (item: PushItem, command: Command): NumberStanding | null => {
    const open = opens.find(({ step }) => step.command === command)
    if (!open) return null
    const replacement = replacements.get(command.id)
    if (replacement !== undefined) return { standing: 'provisional', replacement }
    const known = stored.get(open.number)
    if (known?.taken || used.has(open.number)) return { standing: 'taken' }
    const lease = known?.lease ?? null
    return { standing: lease === 'lost' || lease?.consoleId === item.key.consoleId ? 'leased' : 'notLeased' }
  }
  return {
    standingFor,
    use: (image: RecordImage) => {
      const number = numberOf(image)
      if (number !== null) used.add(number)
    }
  }
}

async function gatherOpenCases(tx: DeskTransaction, fresh: readonly Step[]): Promise<ReadonlyMap<string, number>> {
  const refs = distinct(
    fresh.map(({ command }) => command.record).filter((ref) => ['customer', 'queue', 'person'].includes(ref.kind) && isAddressable(ref))
  )
  const counts = refs.length > 0 ? await tx.openCaseCounts(refs) : []
  return new Map(refs.map((ref, index) => [refText(ref), counts[index] ?? 0]))
}

function entryOf(command: Command, image: RecordImage, facts: readonly LoggedFact[], recordedAt: Instant): NewEntry {
  const { id: commandId, actorId, consoleId } = command
  return { kind: image.kind, id: image.id, version: image.version, facts, image, actorId, commandId, consoleId, recordedAt }
}

function newAnswer({ item, command }: Step, body: AnswerBody, offset: number): NewAnswer {
  const refusedCommand = body.outcome === 'refused' ? JSON.stringify(command) : null
  return { key: item.key, commandId: command.id, sequence: command.sequence, offset, body, refusedCommand }
}

function answerOf({ id, sequence }: Command, revision: number, body: AnswerBody): Answer {
  return { id, sequence, revision, ...body }
}

function refusedAs({ refusal }: Extract<Decision, { accepted: false }>): AnswerBody {
  return { outcome: 'refused', refusal, overtakenBy: null }
}

function overtaking(
  { actorId, facts }: { readonly actorId: string; readonly facts: readonly LoggedFact[] },
  directory: Directory
): Overtaking | null {
  const newest = facts.at(-1)
  if (!newest) return null
  const { fact, occurredAt } = newest
  const text = 'text' in fact ? fact.text : 'reason' in fact ? fact.reason : ''
  return { actorId, actorName: directory.person(actorId as PersonId)?.name ?? actorId, type: fact.type, occurredAt, text }
}

function numberOf(image: RecordImage | undefined): string | null {
  return image?.kind === 'case' ? (image.state?.number ?? null) : null
}

/** Every record but a policy is kept under a UUID; nothing else can be looked up. */
function isAddressable({ kind, id }: RecordRef): boolean {
  return kind === 'policy' ? isStorable(id) : /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}

function safely<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch {
    // The same call throws again inside the judgement, where it is reported and refused.
    return otherwise
  }
}

function newestOf(consoles: readonly (ConsoleKey & { readonly lastSequence: number })[]) {
  return [...new Map(consoles.map((standing) => [keyText(standing), standing])).values()]
}

function distinct(refs: readonly RecordRef[]): readonly RecordRef[] {
  return [...new Map(refs.map((ref) => [refText(ref), ref])).values()]
}

function refText({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind} ${id}`
}

export function keyText({ consoleId, personId }: ConsoleKey): string {
  return `${consoleId} ${personId}`
}
