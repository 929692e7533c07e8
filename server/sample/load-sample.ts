import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { LoggedFact, RecordRef, SavedFact } from '#shared/domain/record.ts'
import { bulkEntry } from '../bulk-entry.ts'
import type { Clock } from '../clock.ts'
import { keepAccount } from '../db/account.ts'
import type { Db } from '../db/tables.ts'
import type { DeskStore } from '../desk-store.ts'
import { DESK_ITSELF } from '../first-start.ts'
import { nameBasedId } from '../name-based-id.ts'
import { passwordHash } from '../sessions.ts'
import { numbersUsedAtOnce } from '../numbers-used-at-once.ts'
import { smallDirectory } from '../small-directory.ts'
import { lookUps } from './look-ups.ts'
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from './people.ts'
import { playCase } from './play-case.ts'
import { sampleCases } from './sample-cases.ts'
import { personId, sampleDirectory } from './sample-directory.ts'

const CONSOLE = nameBasedId('sample', 'console')

export type SampleLoaded =
  | { readonly loaded: true; readonly records: number; readonly cases: number }
  | { readonly loaded: false; readonly reason: 'alreadyThere' }

/**
 * Puts the sample desk beside whatever the desk holds, in one transaction, and gives its people their accounts. On a desk that has it
 * already only missing accounts are added.
 */
export async function loadSample(store: DeskStore, db: Db, clock: Clock): Promise<SampleLoaded> {
  const loaded = await loadRecords(store, clock)
  const secret = await passwordHash(SAMPLE_PASSWORD)
  for (const { key } of SAMPLE_PEOPLE) {
    await keepAccount(db, { personId: personId(key), name: key, passwordHash: secret, samplePassword: SAMPLE_PASSWORD }, clock.now())
  }
  return loaded
}

async function loadRecords(store: DeskStore, clock: Clock): Promise<SampleLoaded> {
  const now = clock.now()
  const directory = sampleDirectory()
  const { policies } = smallDirectory(0, (await store.readDirectory()).images)
  const saved: readonly SavedFact[] = [
    ...directory.queues.map((state) => ({ type: 'saved' as const, kind: 'queue' as const, state })),
    ...directory.people.map((state) => ({ type: 'saved' as const, kind: 'person' as const, state })),
    ...directory.customers.map((state) => ({ type: 'saved' as const, kind: 'customer' as const, state })),
    ...directory.contacts.map((state) => ({ type: 'saved' as const, kind: 'contact' as const, state })),
    ...directory.items.map((state) => ({ type: 'saved' as const, kind: 'item' as const, state }))
  ]
  const cases = sampleCases(now)
  const caseRefs = cases.map(({ id }): RecordRef => ({ kind: 'case', id }))

  const transaction = await store.begin({ consoles: [], commandIds: [], directory: true })
  try {
    const found = await transaction.lockRecords([...saved.map(refOf), ...caseRefs])
    const images = new Map(found.map((image) => [keyOf(image), image]))
    // What is there under the same identifier and is not sample (the first queue) is the desk's own and stays as it is.
    const missing = saved.filter((fact) => !images.get(keyOf(refOf(fact)))?.state)
    if (directory.customers.some(({ id }) => images.get(keyOf({ kind: 'customer', id }))?.state))
      return { loaded: false, reason: 'alreadyThere' }

    const serials = await transaction.takeNumbers(CONSOLE, cases.length, numbersUsedAtOnce(now))
    const rules = lookUps(directory, policies)
    const entries = [
      ...missing.map((fact): readonly [RecordRef, readonly LoggedFact[]] => [
        refOf(fact),
        [{ fact, occurredAt: now, recordedAt: now, actorId: DESK_ITSELF, commandId: null, late: false }]
      ]),
      ...cases.map((sample, index): readonly [RecordRef, readonly LoggedFact[]] => [
        { kind: 'case', id: sample.id },
        playCase(sample, caseNumberOf(serials[index] ?? 0), rules)
      ])
    ].map(([ref, facts]) => bulkEntry(ref, images.get(keyOf(ref)), facts, facts.at(-1)?.actorId ?? DESK_ITSELF, now))
    await transaction.appendAndCommit({ entries, answers: [], consoles: [] })
    return { loaded: true, records: missing.length, cases: cases.length }
  } finally {
    await transaction.rollback()
  }
}

function refOf({ kind, state }: SavedFact): RecordRef {
  return { kind, id: state.id }
}

function keyOf({ kind, id }: RecordRef): string {
  return `${kind} ${id}`
}
