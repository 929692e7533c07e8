import type { CaseState } from '#shared/domain/case/case.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import { Command } from '#shared/domain/command.ts'
import type { Context, Directory } from '#shared/domain/context.ts'
import type { Decision } from '#shared/domain/decision.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType, PayloadOf } from '#shared/domain/desk.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import { evolve, logFacts } from '#shared/domain/evolve.ts'
import { CaseId, CommandId, ConsoleId, ContactId, CustomerId, ItemId, PersonId, PolicyId, QueueId } from '#shared/domain/identity.ts'
import { Instant, MINUTE } from '#shared/domain/instant.ts'
import { judge } from '#shared/domain/judge.ts'
import type { LoggedFact, RecordImage, RecordKind, RecordRef, StateOf } from '#shared/domain/record.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'

/** Where tests start to count: a Monday morning in UTC. */
export const START = Instant.parse(Date.UTC(2026, 2, 2, 9))

/** The instant so many minutes (and seconds, …) after START. */
export function minute(minutes: number): Instant {
  return Instant.parse(START + Math.round(minutes * MINUTE))
}

/** The n-th identifier: readable in a failure, valid everywhere. */
export function uuid(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
}

export const CASE_ID = CaseId.parse(uuid(1))

let made = 1000

function fresh(): string {
  made += 1
  return uuid(made)
}

export function makeQueue(over: Partial<Queue> = {}): Queue {
  return { id: QueueId.parse(fresh()), name: 'Service Desk', order: 1, restricted: false, active: true, sample: false, ...over }
}

export function makePerson(over: Partial<Person> = {}): Person {
  return {
    id: PersonId.parse(fresh()),
    name: 'Ada Moss',
    initials: 'AM',
    role: 'agent',
    queueIds: [],
    active: true,
    sample: false,
    ...over
  }
}

export function makeCustomer(over: Partial<Customer> = {}): Customer {
  return {
    id: CustomerId.parse(fresh()),
    name: 'Larkfield Mills',
    plan: 'managed-os',
    timeZone: 'America/Chicago',
    securityContactId: null,
    notes: '',
    active: true,
    sample: false,
    ...over
  }
}

function makeContact(customer: Customer, over: Partial<Contact> = {}): Contact {
  return {
    id: ContactId.parse(fresh()),
    customerId: customer.id,
    name: 'Priya Nand',
    title: 'IT lead',
    phones: ['+13125550142'],
    email: 'priya.nand@larkfield.example',
    rights: ['open', 'update', 'escalate'],
    active: true,
    sample: false,
    ...over
  }
}

export function makeItem(customer: Customer, over: Partial<Item> = {}): Item {
  return {
    id: ItemId.parse(fresh()),
    customerId: customer.id,
    name: 'lark-db-01',
    kind: 'server',
    environment: 'production',
    software: 'Ubuntu 24.04',
    address: '10.20.0.11',
    active: true,
    sample: false,
    ...over
  }
}

/** The managed-os preset unless told otherwise. */
export function makePolicy(over: Partial<Policy> = {}): Policy {
  return { ...PRESETS['managed-os'], ...over }
}

/** A policy whose contract also promises resolution: 4 h, 8 h, 24 h, 48 h and, for severity 5, nothing. */
export function makeResolvePolicy(over: Partial<Policy> = {}): Policy {
  const hours: readonly (number | null)[] = [4, 8, 24, 48, null]
  const targets = PRESETS['managed-os'].targets.map((target) => {
    const promised = hours[target.severity - 1] ?? null
    return { ...target, resolveMinutes: promised === null ? null : promised * 60 }
  })
  return makePolicy({ id: PolicyId.parse('managed-os/2'), targets, ...over })
}

/** A small desk with somebody of every role and one customer with a contact and an item. */
export function makeDesk(over: { readonly policy?: Policy } = {}) {
  const policy = over.policy ?? makePolicy()
  const queue = makeQueue()
  const security = makeQueue({ name: 'Security', restricted: true, order: 3 })
  const agent = makePerson({ queueIds: [queue.id] })
  const engineer = makePerson({ name: 'Ben Otto', initials: 'BO', role: 'engineer', queueIds: [queue.id, security.id] })
  const lead = makePerson({ name: 'Cleo Ruiz', initials: 'CR', role: 'lead' })
  const admin = makePerson({ name: 'Dov Adler', initials: 'DA', role: 'admin' })
  const wall = makePerson({ name: 'Wall north', initials: 'W', role: 'wall' })
  const customer = makeCustomer()
  const contact = makeContact(customer)
  const item = makeItem(customer)
  const other = makeCustomer({ name: 'Fenwick Trust' })
  const otherContact = makeContact(other, { name: 'Omar Reyes' })
  const otherItem = makeItem(other, { name: 'fen-web-02' })
  const records = {
    queue: [queue, security],
    person: [agent, engineer, lead, admin, wall],
    customer: [customer, other],
    contact: [contact, otherContact],
    item: [item, otherItem],
    policy: [policy]
  }
  return {
    policy,
    queue,
    security,
    agent,
    engineer,
    lead,
    admin,
    wall,
    customer,
    contact,
    item,
    other,
    otherContact,
    otherItem,
    records,
    directory: makeDirectory(records)
  }
}
export type TestDesk = ReturnType<typeof makeDesk>

type Records = { readonly [K in Exclude<RecordKind, 'case'>]?: readonly StateOf[K][] }

/** A directory of these records and no others. */
export function makeDirectory(records: Records, over: Partial<Directory> = {}): Directory {
  const finder = <T extends { readonly id: string }>(rows: readonly T[] = []) => {
    const byId = new Map<string, T>(rows.map((row) => [row.id, row]))
    return (id: string) => byId.get(id)
  }
  return {
    customer: finder(records.customer),
    contact: finder(records.contact),
    item: finder(records.item),
    person: finder(records.person),
    queue: finder(records.queue),
    policy: finder(records.policy),
    policyFor: (plan, at) =>
      records.policy
        ?.filter((policy) => policy.plan === plan && policy.effectiveFrom <= at)
        .toSorted((a, b) => b.effectiveFrom - a.effectiveFrom)[0],
    ...over
  }
}

export function makeContext(desk: TestDesk, over: Partial<Context> = {}): Context {
  const occurredAt = over.occurredAt ?? START
  return {
    now: occurredAt,
    occurredAt,
    late: false,
    commandId: CommandId.parse(fresh()),
    actor: desk.agent,
    directory: desk.directory,
    number: { standing: 'leased' },
    ...over
  }
}

/** A command as a console would send it, parsed as the server would. */
export function makeCommand<T extends CommandType>(type: T, recordId: string, payload: PayloadOf<T>, context: Context): Command {
  return Command.parse({
    id: context.commandId,
    consoleId: ConsoleId.parse(uuid(2)),
    sequence: 1,
    actorId: context.actor.id,
    type,
    schema: 1,
    record: { kind: COMMANDS[type].kind, id: recordId },
    payload,
    occurredAt: context.occurredAt,
    uncertainty: 0,
    decidedOn: 0
  })
}

/** The payload of an intake in which everything was filled in; a phone case with an owner unless told otherwise. */
export function makeIntake(desk: TestDesk, over: Partial<PayloadOf<'open'>> = {}): PayloadOf<'open'> {
  return {
    number: caseNumberOf(10_423),
    channel: 'phone',
    customerId: desk.customer.id,
    contactId: desk.contact.id,
    callerName: 'Priya Nand',
    callbackNumber: '+13125550142',
    itemId: desk.item.id,
    subject: 'Database does not answer',
    description: 'Since this morning.',
    impact: 'medium',
    urgency: 'medium',
    severity: 3,
    queueId: desk.queue.id,
    assigneeId: desk.agent.id,
    verified: false,
    readBack: null,
    steps: [],
    ...over
  }
}

/** Decides one command on a state. */
export function decide<T extends CommandType>(
  desk: TestDesk,
  state: StateOf[RecordKind] | undefined,
  type: T,
  payload: PayloadOf<T>,
  over: Partial<Context> = {},
  recordId: string = CASE_ID
): Decision {
  const context = makeContext(desk, over)
  return judge(makeCommand(type, recordId, payload, context), state, context)
}

/** The code of a refusal, or the types of the facts. */
export function outcome(decision: Decision): string {
  if (!decision.accepted) return decision.refusal.code
  return decision.facts.map((fact) => fact.type).join(' ')
}

/** Several commands on one record, decided and folded one after the other, as a server does. */
export class Life {
  readonly desk: TestDesk
  readonly ref: RecordRef
  image: RecordImage | undefined
  log: LoggedFact[] = []
  last: Decision | null = null

  constructor(desk: TestDesk, ref: RecordRef = { kind: 'case', id: CASE_ID }) {
    this.desk = desk
    this.ref = ref
  }

  /** Gives a command `at` minutes after START; `over.now` may be later than that when it reaches the desk late. */
  give<T extends CommandType>(at: number, type: T, payload: PayloadOf<T>, over: Partial<Context> = {}): this {
    const context = makeContext(this.desk, { occurredAt: minute(at), ...over })
    this.last = judge(makeCommand(type, this.ref.id, payload, context), this.image?.state ?? undefined, context)
    if (this.last.accepted && this.last.facts.length > 0) this.record(logFacts(this.last.facts, context))
    return this
  }

  record(logged: readonly LoggedFact[]): this {
    this.image = evolve(this.ref, this.image, logged)
    this.log.push(...logged)
    return this
  }

  /** What became of the last command. */
  get outcome(): string {
    return this.last ? outcome(this.last) : 'nothing given'
  }

  get case(): CaseState {
    if (this.image?.kind !== 'case' || !this.image.state)
      throw new Error(`there is no case: the last command was ${JSON.stringify(this.last)}`)
    return this.image.state
  }
}

/** A case opened at START; over the phone and owned, hence acknowledged, unless told otherwise. */
export function openCase(desk: TestDesk, over: Partial<PayloadOf<'open'>> = {}): Life {
  return new Life(desk).give(0, 'open', makeIntake(desk, over))
}

/** A case from the portal: nobody has acknowledged it yet. */
export function portalCase(desk: TestDesk, over: Partial<PayloadOf<'open'>> = {}): Life {
  return openCase(desk, { channel: 'portal', assigneeId: null, callbackNumber: null, ...over })
}

/** A fact of a case with its provenance. */
export function logged(desk: TestDesk, fact: CaseFact, at: number, over: Partial<LoggedFact> = {}): LoggedFact<CaseFact> {
  return { occurredAt: minute(at), recordedAt: minute(at), actorId: desk.agent.id, commandId: null, late: false, ...over, fact }
}
