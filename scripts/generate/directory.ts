import { nameBasedId } from '#server/name-based-id.ts'
import type { Dice } from '#server/sample/dice.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { ServicePlan } from '#shared/domain/directory/service-plan.ts'
import type { ContactId, CustomerId, ItemId, PersonId, QueueId } from '#shared/domain/identity.ts'
import { FIRST_NAMES, LAST_NAMES, TRADES } from './words.ts'

export type GeneratedCustomer = { readonly customer: Customer; readonly contacts: readonly Contact[]; readonly items: readonly Item[] }
export type GeneratedDirectory = {
  readonly queues: readonly Queue[]
  readonly people: readonly Person[]
  readonly customers: readonly GeneratedCustomer[]
}

const QUEUES = [
  'Service Desk East',
  'Service Desk West',
  'Cloud Engineering',
  'Databases',
  'Network',
  'Workplace',
  'Applications',
  'Telephony'
]
const PEOPLE = 40
const CONTACTS = 10
const ITEMS = 12
const ZONES = ['America/Chicago', 'America/New_York', 'America/Los_Angeles', 'Europe/London', 'Europe/Berlin', 'Australia/Sydney']
const PLANS: readonly ServicePlan[] = ['managed-os', 'ims-foundation', 'ims-premier']

/** As many customers as a desk with this many cases in a quarter would have: about one for every fifty, two thousand at most. */
export function customersFor(cases: number): number {
  return Math.min(2_000, Math.max(12, Math.ceil(cases / 50)))
}

/** Customers with contacts and items, people and queues. The same seed gives the same ones; nothing here is a real person or number. */
export function generatedDirectory(seed: number, customers: number, draw: Dice): GeneratedDirectory {
  const id = (...words: readonly (string | number)[]) => nameBasedId('generated', String(seed), ...words.map(String))
  const queues = QUEUES.map((name, index): Queue => ({
    id: id('queue', index) as QueueId,
    name,
    order: 10 + index,
    restricted: false,
    active: true,
    sample: false
  }))
  const people = Array.from({ length: PEOPLE }, (_, index): Person => {
    const name = `${draw.pick(FIRST_NAMES)} ${draw.pick(LAST_NAMES)}`
    const initials = name.replaceAll(/[^A-Z]/g, '')
    return {
      id: id('person', index) as PersonId,
      name,
      initials,
      role: index % 3 === 0 ? 'engineer' : 'agent',
      queueIds: [draw.pick(queues).id],
      active: true,
      sample: false
    }
  })
  return { queues, people, customers: Array.from({ length: customers }, (_, index) => generatedCustomer(index, id, draw)) }
}

function generatedCustomer(index: number, id: (...words: readonly (string | number)[]) => string, draw: Dice): GeneratedCustomer {
  const customerId = id('customer', index) as CustomerId
  const name = `${draw.pick(LAST_NAMES)} ${draw.pick(TRADES)} ${index + 1}`
  const contacts = Array.from({ length: CONTACTS }, (_, place): Contact => {
    const person = `${draw.pick(FIRST_NAMES)} ${draw.pick(LAST_NAMES)}`
    return {
      id: id('contact', index, place) as ContactId,
      customerId,
      name: person,
      title: '',
      phones: [`+1${200 + draw.below(700)}555${String(100 + draw.below(100)).padStart(4, '0')};ext=${100 + draw.below(9_900)}`],
      email: `${person.toLowerCase().replace(' ', '.')}@customer${index + 1}.example`,
      rights: ['open', 'update', ...(place < 3 ? (['escalate'] as const) : [])],
      active: true,
      sample: false
    }
  })
  const items = Array.from({ length: ITEMS }, (_, place): Item => ({
    id: id('item', index, place) as ItemId,
    customerId,
    name: `srv-${index + 1}-${place + 1}`,
    kind: 'server',
    environment: place % 4 === 0 ? 'other' : 'production',
    software: 'Linux',
    address: `10.${Math.floor(index / 250)}.${index % 250}.${place + 10}`,
    active: true,
    sample: false
  }))
  const customer: Customer = {
    id: customerId,
    name,
    plan: draw.pick(PLANS),
    timeZone: draw.pick(ZONES),
    securityContactId: contacts[0]?.id ?? null,
    notes: '',
    active: true,
    sample: false
  }
  return { customer, contacts, items }
}
