import { bulkEntry } from '#server/bulk-entry.ts'
import type { NewEntry } from '#server/desk-store.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import { ContactId, CustomerId, ItemId, PersonId, QueueId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Fact, LoggedFact, RecordRef, SavedFact } from '#shared/domain/record.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'
import { WORLD_BEGINS } from './machine-clock.ts'

export const DESK_ID = '5d000000-0000-4000-8000-000000000001'

function id(kind: number, number: number): string {
  return `5d00000${kind}-0000-7000-8000-${String(number).padStart(12, '0')}`
}

export const QUEUES: readonly Queue[] = [
  { id: QueueId.parse(id(1, 1)), name: 'Service Desk', order: 1, restricted: false, active: true, sample: false },
  { id: QueueId.parse(id(1, 2)), name: 'Cloud Engineering', order: 2, restricted: false, active: true, sample: false },
  { id: QueueId.parse(id(1, 3)), name: 'Security', order: 3, restricted: true, active: true, sample: false }
]
const [serviceDesk, cloud, security] = QUEUES.map((queue) => queue.id)

function person(number: number, name: string, role: Person['role'], queueIds: readonly (QueueId | undefined)[]): Person {
  return {
    id: PersonId.parse(id(2, number)),
    name,
    initials: name.slice(0, 2).toUpperCase(),
    role,
    queueIds: queueIds.flatMap((queueId) => queueId ?? []),
    active: true,
    sample: false
  }
}

/** The first is the admin, the second the lead; the others take calls and work on cases. */
export const PEOPLE: readonly Person[] = [
  person(1, 'Dov Adler', 'admin', [serviceDesk]),
  person(2, 'Cleo Ruiz', 'lead', [serviceDesk, cloud]),
  person(3, 'Ada Moss', 'agent', [serviceDesk]),
  person(4, 'Ben Otto', 'engineer', [cloud, security]),
  person(5, 'Eve Lund', 'agent', [serviceDesk]),
  person(6, 'Finn Osei', 'engineer', [cloud]),
  person(7, 'Gia Roth', 'agent', [serviceDesk, security])
]

const CUSTOMERS: readonly Customer[] = [
  ['Larkfield Mills', 'managed-os'],
  ['Fenwick Trust', 'ims-premier']
].map(([name, plan], index) => ({
  id: CustomerId.parse(id(3, index + 1)),
  name: name ?? '',
  plan: plan as Customer['plan'],
  timeZone: 'America/Chicago',
  securityContactId: null,
  notes: '',
  active: true,
  sample: false
}))

const CONTACTS: readonly Contact[] = CUSTOMERS.map((customer, index) => ({
  id: ContactId.parse(id(4, index + 1)),
  customerId: customer.id,
  name: `Contact ${index + 1}`,
  title: 'IT lead',
  phones: [`+1312555014${index}`],
  email: `contact${index + 1}@customer.example`,
  rights: ['open', 'update'],
  active: true,
  sample: false
}))

const ITEMS: readonly Item[] = CUSTOMERS.map((customer, index) => ({
  id: ItemId.parse(id(5, index + 1)),
  customerId: customer.id,
  name: `db-0${index + 1}`,
  kind: 'server',
  environment: 'production',
  software: 'Linux',
  address: '10.0.0.1',
  active: true,
  sample: false
}))

/** The log entries with which every world begins: a directory and no cases. */
export function firstEntries(): readonly NewEntry[] {
  const saved: readonly SavedFact[] = [
    ...QUEUES.map((state) => ({ type: 'saved' as const, kind: 'queue' as const, state })),
    ...PEOPLE.map((state) => ({ type: 'saved' as const, kind: 'person' as const, state })),
    ...Object.values(PRESETS).map((state) => ({ type: 'saved' as const, kind: 'policy' as const, state })),
    ...CUSTOMERS.map((state) => ({ type: 'saved' as const, kind: 'customer' as const, state })),
    ...CONTACTS.map((state) => ({ type: 'saved' as const, kind: 'contact' as const, state })),
    ...ITEMS.map((state) => ({ type: 'saved' as const, kind: 'item' as const, state }))
  ]
  const at = WORLD_BEGINS as Instant
  const actorId = PersonId.parse(id(2, 1))
  return saved.map((fact) => {
    const ref: RecordRef = { kind: fact.kind, id: fact.state.id }
    const logged: LoggedFact<Fact> = { fact, occurredAt: at, recordedAt: at, actorId, commandId: null, late: false }
    return bulkEntry(ref, undefined, [logged], actorId, at)
  })
}
