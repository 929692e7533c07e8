import type { CaseState } from '#shared/domain/case/case.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { Severity } from '#shared/domain/case/severity.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import { evolve } from '#shared/domain/evolve.ts'
import type { CaseFact } from '#shared/domain/case/fact.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { MINUTE } from '#shared/domain/instant.ts'
import type { LoggedFact, RecordImage } from '#shared/domain/record.ts'
import { PRESETS } from '#shared/domain/sla/presets.ts'

/** The n-th identifier of a kind, the same in every run. */
export function idOf<Id extends string>(kind: number, n: number): Id {
  return `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(n).padStart(12, '0')}` as Id
}

const customer = (n: number, name: string, plan: Customer['plan'], timeZone: string, notes = ''): Customer => ({
  id: idOf(1, n),
  name,
  plan,
  timeZone,
  securityContactId: null,
  notes,
  active: true,
  sample: true
})
const contact = (n: number, of: number, name: string, title: string, phones: readonly string[], rights: Contact['rights']): Contact => ({
  id: idOf(2, n),
  customerId: idOf(1, of),
  name,
  title,
  phones,
  email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com`,
  rights,
  active: true,
  sample: true
})
const item = (n: number, of: number, name: string, kind: Item['kind'], environment: Item['environment'], software: string): Item => ({
  id: idOf(3, n),
  customerId: idOf(1, of),
  name,
  kind,
  environment,
  software,
  address: `10.20.${of}.${n}`,
  active: true,
  sample: true
})
const queue = (n: number, name: string, restricted = false): Queue => ({
  id: idOf(4, n),
  name,
  order: n,
  restricted,
  active: true,
  sample: true
})
const person = (n: number, name: string, initials: string, role: Person['role'], queues: readonly number[]): Person => ({
  id: idOf(5, n),
  name,
  initials,
  role,
  queueIds: queues.map((queueNumber) => idOf(4, queueNumber)),
  active: true,
  sample: true
})

export const CUSTOMERS = [
  customer(
    1,
    'Harbour & Vale Insurance',
    'managed-os',
    'Europe/London',
    'Month end is the 28th; no restarts of claims-db between the 26th and the 2nd.'
  ),
  customer(2, 'Lindqvist Logistics', 'ims-premier', 'Europe/Stockholm'),
  customer(3, 'Prairie Medical Group', 'managed-os', 'America/Chicago', 'Clinics open at 07:00 local time.'),
  customer(4, 'Oberland Käserei', 'ims-foundation', 'Europe/Zurich'),
  customer(5, 'Castellan Retail', 'managed-os', 'America/New_York'),
  customer(6, 'Nakamura Precision', 'ims-premier', 'Asia/Tokyo')
]
export const CONTACTS = [
  contact(1, 1, 'Amelia Croft', 'Head of claims systems', ['+442079460112'], ['open', 'update', 'escalate', 'approveChanges']),
  contact(2, 1, 'Dev Anand', 'Operations', ['+442079460113', '+447700900321'], ['open', 'update']),
  contact(3, 2, 'Ingrid Lindqvist', 'IT manager', ['+46850551200'], ['open', 'update', 'escalate']),
  contact(4, 3, 'Marcus Webb', 'Clinic IT', ['+13125550100'], ['open', 'update', 'escalate']),
  contact(5, 3, 'Marisol Ortega', 'Night desk', ['+13125550100'], ['open']),
  contact(6, 4, 'Beat Zumbühl', 'Betriebsleiter', ['+41332221144'], ['open', 'update']),
  contact(7, 5, 'Tanya Brooks', 'Store systems', ['+12125550147'], ['open', 'update', 'requestOsUsers']),
  contact(8, 6, 'Kenji Nakamura', 'Plant engineering', ['+81352960123'], ['open', 'update', 'escalate'])
]
const ITEMS = [
  item(1, 1, 'claims-db-01', 'server', 'production', 'Red Hat Enterprise Linux 9'),
  item(2, 1, 'claims-web-02', 'server', 'production', 'Ubuntu 24.04'),
  item(3, 2, 'wms-app-01', 'server', 'production', 'Windows Server 2022'),
  item(4, 2, 'gbg-core-sw1', 'network', 'production', 'Cisco IOS XE 17'),
  item(5, 3, 'ehr-app-03', 'server', 'production', 'Windows Server 2022'),
  item(6, 3, 'imaging-nas', 'storage', 'production', 'ONTAP 9.14'),
  item(7, 4, 'kühlhaus-scada', 'service', 'production', 'Debian 12'),
  item(8, 5, 'pos-gateway', 'service', 'production', 'Ubuntu 22.04'),
  item(9, 6, 'mes-prod-01', 'server', 'production', 'SUSE Linux Enterprise 15')
]
const QUEUES = [queue(1, 'Service Desk'), queue(2, 'Cloud Engineering'), queue(3, 'Network'), queue(4, 'Security', true)]
export const PEOPLE = [
  person(1, 'Anna Keller', 'AK', 'agent', [1]),
  person(2, 'Tomas Reyes', 'TR', 'engineer', [1, 2]),
  person(3, 'Priya Nair', 'PN', 'engineer', [3]),
  person(4, 'Jonas Weber', 'JW', 'lead', [1, 2, 3, 4]),
  person(5, 'Wall display', 'W', 'wall', [])
]

type Line = readonly [minutesAgo: number, person: number, fact: CaseFact]
type Story = {
  readonly customer: number
  readonly contact: number | null
  readonly item: number | null
  readonly severity: Severity
  readonly queue: number
  readonly subject: string
  readonly description?: string
  readonly ago: number
  readonly lines?: readonly Line[]
  readonly assignee?: number
  readonly by?: number
}

const ack = (ago: number, by: number): Line => [ago, by, { type: 'caseAcknowledged' }]
const told = (ago: number, by: number, text: string): Line => [ago, by, { type: 'customerUpdated', text, via: 'phone' }]
const note = (ago: number, by: number, text: string): Line => [ago, by, { type: 'noteAdded', text }]

const STORIES: readonly Story[] = [
  {
    customer: 1,
    contact: 1,
    item: 1,
    severity: 1,
    queue: 2,
    ago: 96,
    assignee: 2,
    subject: 'Claims database refuses connections since 09:12',
    description: 'All claims handlers get "too many connections". Restarting the pool helped for two minutes.',
    lines: [
      ack(94, 1),
      told(88, 2, 'We see the connection pool exhausted on claims-db-01 and are failing over to the standby now.'),
      note(80, 2, 'pg_stat_activity: 480 idle in transaction from claims-web-02, started 09:08 with the new release.'),
      [
        74,
        2,
        { type: 'customerContacted', text: 'Amelia asks for a time when claims can work again.', via: 'phone', contactId: idOf(2, 1) }
      ],
      told(61, 2, 'Fail-over done, claims can log in. We keep watching and find out why the release holds connections.'),
      note(34, 2, 'Release 4.11.2 rolled back by the customer on our advice. Pool at 38 of 500.'),
      told(28, 2, 'The release is rolled back and connections are normal. Next update in half an hour.')
    ]
  },
  { customer: 3, contact: 4, item: 5, severity: 1, queue: 1, ago: 21, subject: 'No clinic can open patient records' },
  {
    customer: 2,
    contact: 3,
    item: 4,
    severity: 2,
    queue: 3,
    ago: 55,
    assignee: 3,
    subject: 'Gothenburg core switch drops every few minutes',
    lines: [ack(53, 3), told(49, 3, 'We have the switch open and see the uplink flap. A spare is being brought.')]
  },
  { customer: 5, contact: 7, item: 8, severity: 2, queue: 2, ago: 12, subject: 'Card payments time out in 14 stores' },
  {
    customer: 6,
    contact: 8,
    item: 9,
    severity: 3,
    queue: 2,
    ago: 49,
    assignee: 2,
    subject: 'MES job queue slow after the night patch',
    lines: [ack(48, 2)]
  },
  {
    customer: 4,
    contact: 6,
    item: 7,
    severity: 3,
    queue: 1,
    ago: 190,
    assignee: 1,
    subject: 'Cold store alarms arrive twice',
    lines: [
      ack(188, 1),
      told(180, 1, 'We look into the doubled alarms today.'),
      [150, 1, { type: 'waitStarted', on: 'customer', question: 'Please send the alarm log of last night.', until: 0 as Instant }]
    ]
  },
  { customer: 1, contact: 2, item: 2, severity: 3, queue: 1, ago: 9, subject: 'New starter needs access to claims-web' },
  {
    customer: 3,
    contact: null,
    item: 6,
    severity: 3,
    queue: 2,
    ago: 240,
    assignee: 2,
    subject: 'Imaging share at 91 percent',
    lines: [ack(236, 2), told(228, 2, 'We add space tonight within the window.')]
  },
  {
    customer: 5,
    contact: 7,
    item: null,
    severity: 4,
    queue: 1,
    ago: 300,
    assignee: 1,
    subject: 'Which patches went in last Saturday?',
    lines: [ack(297, 1), told(290, 1, 'The list comes with the monthly report.')]
  },
  {
    customer: 2,
    contact: 3,
    item: 3,
    severity: 4,
    queue: 2,
    ago: 400,
    subject: 'Schedule a restart of wms-app-01',
    lines: [ack(392, 2), told(380, 2, 'Saturday 04:00 is noted.')],
    assignee: 2
  },
  {
    customer: 6,
    contact: 8,
    item: null,
    severity: 5,
    queue: 1,
    ago: 700,
    assignee: 1,
    subject: 'How do we read the capacity report?',
    lines: [ack(690, 1), told(640, 1, 'We walk you through it on the monthly call.')]
  },
  {
    customer: 4,
    contact: 6,
    item: 7,
    severity: 2,
    queue: 3,
    ago: 38,
    subject: 'Second site unreachable over VPN',
    assignee: 3,
    lines: [ack(36, 3)]
  },
  {
    customer: 1,
    contact: 2,
    item: 1,
    severity: 3,
    queue: 2,
    ago: 2_000,
    subject: 'Backup of claims-db ran four hours',
    assignee: 2,
    lines: [
      ack(1_995, 2),
      told(1_980, 2, 'We are looking at the backup window.'),
      [1_500, 2, { type: 'caseResolved', code: 'fixed', text: 'Backup moved to the standby.' }]
    ]
  },
  {
    customer: 3,
    contact: 5,
    item: 5,
    severity: 2,
    queue: 1,
    ago: 4_000,
    subject: 'Printing of labels stopped in clinic 4',
    assignee: 1,
    lines: [
      ack(3_990, 1),
      told(3_980, 1, 'Spooler restarted, please try.'),
      [3_900, 1, { type: 'caseResolved', code: 'fixed', text: 'Spooler restarted.' }],
      [3_600, 4, { type: 'caseClosed', text: '' }]
    ]
  }
]

export type SampleDesk = {
  readonly images: readonly RecordImage[]
  readonly history: ReadonlyMap<string, readonly LoggedFact[]>
  readonly cases: readonly CaseState[]
}

/** A small believable desk as it stands at `now`; `copies` repeats its cases to any size. */
export function sampleDesk(now: Instant, copies = 1): SampleDesk {
  const saved = <K extends 'customer' | 'contact' | 'item' | 'queue' | 'person' | 'policy'>(
    kind: K,
    states: readonly { readonly id: string }[]
  ) => states.map((state) => ({ kind, id: state.id, version: 1, state }) as RecordImage)
  const history = new Map<string, readonly LoggedFact[]>()
  const cases: RecordImage[] = []
  for (let copy = 0; copy < copies; copy += 1) {
    for (const [index, story] of STORIES.entries()) {
      const n = copy * STORIES.length + index
      const id = idOf<string>(6, n)
      const logged = logOf(story, caseNumberOf(10_380 + n), (now - copy * 7 * MINUTE) as Instant)
      history.set(id, logged)
      cases.push(evolve({ kind: 'case', id }, undefined, logged))
    }
  }
  return {
    images: [
      ...saved('policy', Object.values(PRESETS)),
      ...saved('customer', CUSTOMERS),
      ...saved('contact', CONTACTS),
      ...saved('item', ITEMS),
      ...saved('queue', QUEUES),
      ...saved('person', PEOPLE),
      ...cases
    ],
    history,
    cases: cases.flatMap((image) => (image.kind === 'case' && image.state ? [image.state] : []))
  }
}

function logOf(story: Story, number: string, now: Instant): readonly LoggedFact[] {
  const at = (minutesAgo: number) => (now - minutesAgo * MINUTE) as Instant
  const line = (minutesAgo: number, by: number, fact: CaseFact): LoggedFact => ({
    fact: fact.type === 'waitStarted' ? { ...fact, until: at(-180) } : fact,
    occurredAt: at(minutesAgo),
    recordedAt: at(minutesAgo),
    actorId: idOf(5, by),
    commandId: idOf<CommandId>(7, 1),
    late: false
  })
  const caller = CONTACTS.find((known) => known.id === idOf(2, story.contact ?? 0))
  const opened: CaseFact = {
    type: 'caseOpened',
    number,
    aliases: [],
    channel: 'phone',
    customerId: idOf(1, story.customer),
    contactId: story.contact === null ? null : idOf(2, story.contact),
    callerName: caller?.name ?? 'Somebody at the front desk',
    callbackNumber: caller?.phones[0] ?? '+13125550199',
    itemId: story.item === null ? null : idOf(3, story.item),
    subject: story.subject,
    description: story.description ?? '',
    impact: story.severity <= 2 ? 'high' : 'medium',
    urgency: story.severity === 1 ? 'high' : 'medium',
    severity: story.severity,
    queueId: idOf(4, story.queue),
    assigneeId: story.assignee === undefined ? null : idOf(5, story.assignee),
    verified: false,
    policyId: PRESETS[CUSTOMERS[story.customer - 1]?.plan ?? 'managed-os'].id,
    parentId: null,
    source: null,
    steps: [],
    sample: true
  }
  return [line(story.ago, story.by ?? 1, opened), ...(story.lines ?? []).map(([minutesAgo, by, fact]) => line(minutesAgo, by, fact))]
}
