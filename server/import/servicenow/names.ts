import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { CaseId, CommandId, ContactId, CustomerId, ItemId, PersonId, QueueId } from '#shared/domain/identity.ts'
import type { SavedFact } from '#shared/domain/record.ts'
import { nameBasedId } from '../../name-based-id.ts'
import { COLUMNS } from './columns.ts'
import type { ExportLine } from './line.ts'

/** Imported queues come after the desk's own in every list. */
const QUEUE_ORDER = 900
const NOBODY_NAMED = 'Not named in the export'
const NO_GROUP = 'No group in the export'

/** The identifiers of everything an export names, the same at every import from the same system. */
export type Names = {
  readonly system: string
  readonly customer: CustomerId
  readonly caseOf: (number: string) => CaseId
  readonly contact: (caller: string) => ContactId | null
  readonly item: (name: string) => ItemId | null
  readonly queue: (group: string) => QueueId
  /** Who is named, or the one who stands for nobody named. */
  readonly actor: (name: string) => PersonId
  readonly assignee: (name: string) => PersonId | null
  /** A line's identity is its content, not its place: the same update in a later, longer export is recognised. */
  readonly lineOf: (line: ExportLine) => CommandId
}

export function namesOf(system: string): Names {
  return {
    system,
    customer: nameBasedId(system, 'customer') as CustomerId,
    caseOf: (number) => nameBasedId(system, 'case', number) as CaseId,
    contact: (caller) => (caller === '' ? null : (nameBasedId(system, 'contact', plain(caller)) as ContactId)),
    item: (name) => (name === '' ? null : (nameBasedId(system, 'item', plain(name)) as ItemId)),
    queue: (group) => nameBasedId(system, 'queue', plain(group || NO_GROUP)) as QueueId,
    actor: (name) => personId(system, name || NOBODY_NAMED),
    assignee: (name) => (name === '' ? null : personId(system, name)),
    lineOf: (line) => nameBasedId(system, 'line', ...COLUMNS.map((column) => line.columns[column])) as CommandId
  }
}

/**
 * The directory records that lines refer to, each once. The export gives names and nothing else, so everything else is empty or
 * says no: one customer stands for the exporting organisation, callers have no telephone number and no right, and the people
 * who worked there cannot sign in here.
 */
export function directoryOf(names: Names, lines: readonly ExportLine[]): readonly SavedFact[] {
  const saved = new Map<string, SavedFact>()
  const add = (fact: SavedFact) => saved.set(fact.state.id, fact)
  add({ type: 'saved', kind: 'customer', state: customer(names) })
  for (const { columns } of lines) {
    const caller = names.contact(columns.caller_id)
    if (caller) add({ type: 'saved', kind: 'contact', state: contact(names, caller, columns.caller_id) })
    const item = names.item(columns.cmdb_ci)
    if (item) add({ type: 'saved', kind: 'item', state: itemNamed(names, item, columns.cmdb_ci) })
    add({ type: 'saved', kind: 'queue', state: queueNamed(names.queue(columns.assignment_group), columns.assignment_group || NO_GROUP) })
    for (const name of [opener(columns), columns.sys_updated_by]) {
      add({ type: 'saved', kind: 'person', state: person(names.actor(name), name || NOBODY_NAMED) })
    }
    const assignee = names.assignee(columns.assigned_to)
    if (assignee) add({ type: 'saved', kind: 'person', state: person(assignee, columns.assigned_to) })
  }
  return [...saved.values()]
}

/** Who opened the incident as far as the export tells: the opener, else who entered it, else nobody named. */
export function opener(columns: ExportLine['columns']): string {
  return columns.opened_by || columns.sys_created_by
}

/** A name as it is shown: exports pad numbers with blanks ("Opened by  8"). */
export function plain(name: string): string {
  return name.replaceAll(/\s+/g, ' ').trim()
}

function personId(system: string, name: string): PersonId {
  return nameBasedId(system, 'person', plain(name)) as PersonId
}

function customer({ system, customer: id }: Names): Customer {
  // A plan and a zone must be something: the desk's default plan and UTC, in which the export's dates are read.
  const notes = `Stands for the organisation whose ${system} export was imported. The export does not name its customers.`
  return {
    id,
    name: `Imported: ${system}`,
    plan: 'managed-os',
    timeZone: 'Etc/UTC',
    securityContactId: null,
    notes,
    active: true,
    sample: false
  }
}

function contact(names: Names, id: ContactId, name: string): Contact {
  return { id, customerId: names.customer, name: plain(name), title: '', phones: [], email: '', rights: [], active: true, sample: false }
}

function itemNamed(names: Names, id: ItemId, name: string): Item {
  return {
    id,
    customerId: names.customer,
    name: plain(name),
    kind: 'other',
    environment: 'other',
    software: '',
    address: '',
    active: true,
    sample: false
  }
}

function queueNamed(id: QueueId, name: string): Queue {
  return { id, name: plain(name).slice(0, 80), order: QUEUE_ORDER, restricted: false, active: true, sample: false }
}

function person(id: PersonId, name: string): Person {
  return { id, name: plain(name).slice(0, 120), initials: initials(plain(name)), role: 'agent', queueIds: [], active: false, sample: false }
}

/** "Updated by 642" becomes U642, "Ada Lovelace" AL. */
function initials(name: string): string {
  const words = name.split(' ')
  const last = words.at(-1) ?? ''
  if (/^\d+$/.test(last)) return `${name.slice(0, 1).toUpperCase()}${last.slice(-3)}`
  return [words[0], words.length > 1 ? last : ''].map((word) => word?.slice(0, 1).toUpperCase() ?? '').join('')
}
