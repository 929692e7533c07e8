import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { ContactId, CustomerId, ItemId, PersonId, QueueId } from '#shared/domain/identity.ts'
import { nameBasedId } from '../name-based-id.ts'
import { rightsOf, SAMPLE_CUSTOMERS } from './customers.ts'
import { SAMPLE_PEOPLE, SAMPLE_QUEUES } from './people.ts'
import type { PersonKey, QueueKey } from './people.ts'

export type SampleDirectory = {
  readonly queues: readonly Queue[]
  readonly people: readonly Person[]
  readonly customers: readonly Customer[]
  readonly contacts: readonly Contact[]
  readonly items: readonly Item[]
}

export const personId = (key: PersonKey) => nameBasedId('sample', 'person', key) as PersonId
/** The Service Desk is the queue that every desk begins with; only the others are the sample's own. */
export const queueId = (key: QueueKey) =>
  (key === 'desk' ? nameBasedId('queue', 'Service Desk') : nameBasedId('sample', 'queue', key)) as QueueId
export const customerId = (key: string) => nameBasedId('sample', 'customer', key) as CustomerId
export const contactId = (customer: string, name: string) => nameBasedId('sample', 'contact', customer, name) as ContactId
export const itemId = (customer: string, name: string) => nameBasedId('sample', 'item', customer, name) as ItemId

/** Everything of the sample desk that is not a case. Every record carries `sample: true` and the same identifier on every desk. */
export function sampleDirectory(): SampleDirectory {
  return {
    queues: SAMPLE_QUEUES.map(({ key, ...queue }) => ({ id: queueId(key), ...queue, active: true, sample: true })),
    people: SAMPLE_PEOPLE.map(({ key, queues, ...person }) => ({
      id: personId(key),
      ...person,
      queueIds: queues.map(queueId),
      active: true,
      sample: true
    })),
    customers: SAMPLE_CUSTOMERS.map(({ key, name, plan, timeZone, notes, contacts }) => {
      const security = contacts[0]?.[0]
      return {
        id: customerId(key),
        name,
        plan,
        timeZone,
        notes,
        securityContactId: security ? contactId(key, security) : null,
        active: true,
        sample: true
      }
    }),
    contacts: SAMPLE_CUSTOMERS.flatMap(({ key, domain, contacts }) =>
      contacts.map(([name, title, phones, rights]) => ({
        id: contactId(key, name),
        customerId: customerId(key),
        name,
        title,
        phones,
        email: `${mailName(name)}@${domain}`,
        rights: rightsOf(rights),
        active: true,
        sample: true
      }))
    ),
    items: SAMPLE_CUSTOMERS.flatMap(({ key, items }) =>
      items.map(([name, kind, environment, software, address]) => ({
        id: itemId(key, name),
        customerId: customerId(key),
        name,
        kind,
        environment,
        software,
        address,
        active: true,
        sample: true
      }))
    )
  }
}

function mailName(name: string): string {
  return name.replace('Dr. ', '').toLowerCase().split(' ').join('.')
}
