import { randomBytes, randomUUID } from 'node:crypto'
import type { CommandId, PersonId, QueueId } from '#shared/domain/identity.ts'
import type { LoggedFact, RecordRef } from '#shared/domain/record.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'
import { appendFacts } from './bulk.ts'
import type { History } from './bulk.ts'
import type { Clock } from './clock.ts'
import { accounts, keepAccount } from './db/account.ts'
import { keepAudit } from './db/audit.ts'
import type { Db } from './db/tables.ts'
import type { DeskStore } from './desk-store.ts'
import { nameBasedId } from './name-based-id.ts'
import { passwordHash } from './sessions.ts'

/** Who acts when nobody does: the desk setting itself up. */
export const DESK_ITSELF = '00000000-0000-4000-8000-000000000000' as PersonId

export type FirstAccount = { readonly name: string; readonly password: string }

type Ports = { readonly store: DeskStore; readonly db: Db; readonly clock: Clock }

/** What every desk needs before the first sign-in: the three service plans' policies and a queue. Adds what is missing, changes nothing. */
export async function prepareDesk({ store, clock }: Ports): Promise<void> {
  const { images } = await store.readDirectory()
  const present = new Set(images.map(({ kind, id }) => `${kind} ${id}`))
  const policies = Object.values(PRESETS).map((state): Saved => ({ kind: 'policy', id: state.id, state }))
  const queue: Saved = {
    kind: 'queue',
    id: nameBasedId('queue', 'Service Desk'),
    state: {
      id: nameBasedId('queue', 'Service Desk') as QueueId,
      name: 'Service Desk',
      order: 0,
      restricted: false,
      active: true,
      sample: false
    }
  }
  const wanted = images.some(({ kind }) => kind === 'queue') ? policies : [...policies, queue]
  await appendFacts(
    store,
    wanted.filter(({ kind, id }) => !present.has(`${kind} ${id}`)).map((saved) => historyOf(saved, clock))
  )
}

/** An administrator with a password nobody knows yet, when no account exists at all. Null when there is one. */
export async function firstAdmin({ store, db, clock }: Ports): Promise<FirstAccount | null> {
  if ((await accounts(db)).length > 0) return null
  const id = randomUUID() as PersonId
  const name = 'admin'
  const password = randomBytes(9).toString('base64url')
  const state = { id, name: 'Administrator', initials: 'AD', role: 'admin', queueIds: [], active: true, sample: false } as const
  await appendFacts(store, [historyOf({ kind: 'person', id, state }, clock)])
  await keepAccount(db, { personId: id, name, passwordHash: await passwordHash(password), samplePassword: null }, clock.now())
  await keepAudit(db, { at: clock.now(), actorId: null, action: 'firstAdminMade', detail: { personId: id } })
  return { name, password }
}

type SavedFact = Extract<LoggedFact['fact'], { type: 'saved' }>
type Saved = {
  [K in SavedFact['kind']]: { readonly kind: K; readonly id: string; readonly state: Extract<SavedFact, { kind: K }>['state'] }
}[SavedFact['kind']]

/** A record saved by the desk itself, once: its command id follows from the record. */
function historyOf(saved: Saved, clock: Clock): History {
  const ref: RecordRef = { kind: saved.kind, id: saved.id }
  const now = clock.now()
  const fact = { type: 'saved', kind: saved.kind, state: saved.state } as SavedFact
  const commandId = nameBasedId('first save', saved.kind, saved.id) as CommandId
  return { ref, logged: [{ fact, occurredAt: now, recordedAt: now, actorId: DESK_ITSELF, commandId, late: false }] }
}
