import { bulkEntry } from '#server/bulk-entry.ts'
import { systemClock } from '#server/clock.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import { tablesOf } from '#server/db/tables.ts'
import type { DeskDatabase } from '#server/desk-database.ts'
import type { NewEntry } from '#server/desk-store.ts'
import { DESK_ITSELF, prepareDesk } from '#server/first-start.ts'
import { nameBasedId } from '#server/name-based-id.ts'
import { numbersUsedAtOnce } from '#server/numbers-used-at-once.ts'
import { dice } from '#server/sample/dice.ts'
import { smallDirectory } from '#server/small-directory.ts'
import { StartProblem } from '#server/start-problem.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { isOpen } from '#shared/domain/case/case.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordRef, SavedFact } from '#shared/domain/record.ts'
import { generatedCases } from './cases.ts'
import { customersFor, generatedDirectory } from './directory.ts'
import { realTemplates } from './templates.ts'

export type Wish = { readonly cases: number; readonly seed: number; readonly now: Instant; readonly days: number }
export type Loaded = {
  readonly cases: number
  readonly open: number
  readonly facts: number
  readonly customers: number
  readonly contacts: number
  readonly items: number
}

const BATCH = 1_000
const CONSOLE = nameBasedId('generated', 'console')

/**
 * Loads generated cases with their directory into a desk's database, in large transactions through the log's own append. Refused on a
 * desk that has cases of this seed already: their identifiers would be the same.
 */
export async function loadGenerated(
  wish: Wish,
  database: Pick<DeskDatabase, 'pool'>,
  progress: (cases: number) => void = () => undefined
): Promise<Loaded> {
  const store = pgDeskStore(database.pool, () => () => undefined)
  await prepareDesk({ store, db: tablesOf(database.pool), clock: systemClock })
  const draw = dice(wish.seed)
  const directory = generatedDirectory(wish.seed, customersFor(wish.cases), draw)
  const { policyFor } = smallDirectory(0, (await store.readDirectory()).images)
  const saved: readonly SavedFact[] = [
    ...directory.queues.map((state) => ({ type: 'saved' as const, kind: 'queue' as const, state })),
    ...directory.people.map((state) => ({ type: 'saved' as const, kind: 'person' as const, state })),
    ...directory.customers.flatMap(({ customer, contacts, items }) => [
      { type: 'saved' as const, kind: 'customer' as const, state: customer },
      ...contacts.map((state) => ({ type: 'saved' as const, kind: 'contact' as const, state })),
      ...items.map((state) => ({ type: 'saved' as const, kind: 'item' as const, state }))
    ])
  ]

  const append = async (entries: readonly NewEntry[]) => {
    const transaction = await store.begin({ consoles: [], commandIds: [], directory: true })
    try {
      await transaction.appendAndCommit({ entries, answers: [], consoles: [] })
    } finally {
      await transaction.rollback()
    }
  }

  const [first] = directory.queues
  if (first && (await store.readDirectory()).images.some(({ id }) => id === first.id)) {
    throw new StartProblem(
      `This desk has generated cases of seed ${wish.seed} already. Nothing was changed. Take another --seed, or another desk.`
    )
  }
  for (let at = 0; at < saved.length; at += BATCH) await append(saved.slice(at, at + BATCH).map((fact) => savedEntry(fact, wish.now)))
  const numbers = await store.leaseNumbers(CONSOLE, wish.cases, numbersUsedAtOnce(systemClock.now()))
  const from = numbers[0]?.from ?? 0

  let facts = 0
  let open = 0
  const cases = generatedCases({
    ...wish,
    directory,
    templates: await realTemplates(),
    policyFor: (plan) => {
      const policy = policyFor(plan, wish.now)
      if (!policy) throw new Error(`the desk has no policy for ${plan}`)
      return policy
    },
    numberAt: (index) => caseNumberOf(from + index)
  })
  // While the database takes one batch the next one is made.
  let underWay: Promise<void> = Promise.resolve()
  for (let at = 0; at < wish.cases; at += BATCH) {
    const entries: NewEntry[] = []
    for (const { id, logged } of take(cases, BATCH)) {
      const last = logged.at(-1)
      const entry = bulkEntry({ kind: 'case', id }, undefined, logged, last?.actorId ?? DESK_ITSELF, last?.recordedAt ?? wish.now)
      facts += logged.length
      if (entry.image.kind === 'case' && entry.image.state && isOpen(entry.image.state.status)) open += 1
      entries.push(entry)
    }
    await underWay
    progress(at)
    underWay = append(entries)
  }
  await underWay
  await database.pool.query('analyze')
  const count = (kind: SavedFact['kind']) => saved.filter((fact) => fact.kind === kind).length
  return { cases: wish.cases, open, facts, customers: count('customer'), contacts: count('contact'), items: count('item') }
}

function* take<T>(from: Generator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken += 1) {
    const next = from.next()
    if (next.done) return
    yield next.value
  }
}

function savedEntry(fact: SavedFact, now: Instant): NewEntry {
  const ref: RecordRef = { kind: fact.kind, id: fact.state.id }
  const logged: LoggedFact = { fact, occurredAt: now, recordedAt: now, actorId: DESK_ITSELF, commandId: null, late: false }
  return bulkEntry(ref, undefined, [logged], DESK_ITSELF, now)
}
