import type { ContactRight } from '#shared/domain/directory/contact.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { ServicePlan } from '#shared/domain/directory/service-plan.ts'

/** name, title, telephone numbers, rights: `all`, or the first letters of open, update, escalate, approve, request. */
export type ContactRow = readonly [name: string, title: string, phones: readonly string[], rights: string]
/** name, kind, environment, software, address */
type ItemRow = readonly [name: string, kind: Item['kind'], environment: Item['environment'], software: string, address: string]

export type SampleCustomer = {
  readonly key: string
  readonly name: string
  readonly plan: ServicePlan
  readonly timeZone: string
  readonly domain: string
  readonly notes: string
  /** The first one is the customer's security contact. */
  readonly contacts: readonly ContactRow[]
  readonly items: readonly ItemRow[]
}

const RIGHTS: Readonly<Record<string, ContactRight>> = { o: 'open', u: 'update', e: 'escalate', a: 'approveChanges', r: 'requestOsUsers' }

/** "oue" is open, update and escalate. */
export function rightsOf(letters: string): readonly ContactRight[] {
  return letters === 'all' ? Object.values(RIGHTS) : letters.split('').flatMap((letter) => RIGHTS[letter] ?? [])
}

const WINDOWS_22 = 'Windows Server 2022'
const WINDOWS_19 = 'Windows Server 2019'
const RED_HAT = 'Red Hat Enterprise Linux 9.4'
const UBUNTU = 'Ubuntu 24.04 LTS'
const AMAZON = 'Amazon Linux 2023'

/**
 * Twelve invented organisations. Telephone numbers come only from ranges set aside for fiction: 555-0100 to 555-0199 in North
 * America, Ofcom's drama numbers, the Australian regulator's fictitious numbers. Addresses are private ones.
 */
export const SAMPLE_CUSTOMERS: readonly SampleCustomer[] = [
  {
    key: 'halvorsen',
    name: 'Halvorsen Freight',
    plan: 'managed-os',
    timeZone: 'America/Chicago',
    domain: 'halvorsenfreight.example',
    notes: 'Dispatch runs around the clock; trucks cannot be loaded while the dispatch database is down. Ask before any restart.',
    contacts: [
      ['Ingrid Halvorsen', 'Operations director', ['+13125550101', '+13125550161'], 'all'],
      ['Marcus Bell', 'IT manager', ['+13125550102'], 'ouea'],
      ['Dolores Quintero', 'Dispatch supervisor, nights', ['+13125550140;ext=204'], 'ou'],
      ['Pete Novak', 'Dispatch supervisor, days', ['+13125550140;ext=205'], 'ou'],
      ['Shawna Reid', 'Warehouse systems', ['+13125550117'], 'our']
    ],
    items: [
      ['hf-disp-db01', 'server', 'production', RED_HAT, '10.20.4.11'],
      ['hf-disp-db02', 'server', 'production', RED_HAT, '10.20.4.12'],
      ['hf-disp-app01', 'server', 'production', RED_HAT, '10.20.4.21'],
      ['hf-edi-01', 'server', 'production', WINDOWS_19, '10.20.4.31'],
      ['hf-file-01', 'server', 'production', WINDOWS_22, '10.20.4.40'],
      ['hf-rds-01', 'server', 'production', WINDOWS_22, '10.20.4.51'],
      ['hf-disp-test', 'server', 'other', RED_HAT, '10.20.9.21']
    ]
  },
  {
    key: 'bluepeak',
    name: 'Bluepeak Dental Group',
    plan: 'managed-os',
    timeZone: 'America/Denver',
    domain: 'bluepeakdental.example',
    notes: 'Eleven practices, open 07:00 to 19:00. Imaging is the first thing they miss.',
    contacts: [
      ['Carla Whitcomb', 'Practice operations lead', ['+13035550110'], 'all'],
      ['Andre Fontaine', 'Systems administrator', ['+13035550111', '+13035550188'], 'ouear'],
      ['Jenny Takahashi', 'Front desk, Aurora practice', ['+13035550120'], 'ou'],
      ['Luis Ortega', 'Imaging technician', ['+13035550121'], 'ou'],
      ['Beth Sandoval', 'Billing', ['+13035550122'], 'o']
    ],
    items: [
      ['bp-img-01', 'server', 'production', WINDOWS_22, '10.31.2.10'],
      ['bp-img-02', 'server', 'production', WINDOWS_22, '10.31.2.11'],
      ['bp-pms-01', 'server', 'production', WINDOWS_19, '10.31.2.20'],
      ['bp-sql-01', 'server', 'production', WINDOWS_22, '10.31.2.30'],
      ['bp-dc-01', 'server', 'production', WINDOWS_22, '10.31.2.5'],
      ['bp-backup', 'service', 'production', 'Nightly image backup', ''],
      ['bp-pms-test', 'server', 'other', WINDOWS_19, '10.31.9.20']
    ]
  },
  {
    key: 'corran',
    name: 'Corran & Wilde LLP',
    plan: 'ims-premier',
    timeZone: 'Europe/London',
    domain: 'corranwilde.example',
    notes: 'Solicitors. Never leave matter names in a voicemail. Partners may not open cases for themselves; their clerks do.',
    contacts: [
      ['Philippa Ashdown', 'Head of risk', ['+442079460101'], 'all'],
      ['Gareth Pryce', 'IT service manager', ['+442079460102', '+447700900102'], 'ouea'],
      ['Nadia Rahman', 'Infrastructure engineer', ['+442079460103'], 'ouear'],
      ['Oliver Tench', 'Clerk, litigation', ['+442079460150'], 'ou'],
      ['Maeve Donnelly', 'Document production', ['+442079460151'], 'ou']
    ],
    items: [
      ['cw-dms-01', 'server', 'production', WINDOWS_22, '10.44.1.10'],
      ['cw-dms-02', 'server', 'production', WINDOWS_22, '10.44.1.11'],
      ['cw-sql-01', 'server', 'production', WINDOWS_22, '10.44.1.20'],
      ['cw-vpn-gw', 'network', 'production', 'Remote access gateway', '10.44.0.1'],
      ['cw-core-sw1', 'network', 'production', 'Core switch, Fenchurch Street', '10.44.0.2'],
      ['cw-san-01', 'storage', 'production', 'Block storage array', '10.44.0.20'],
      ['cw-mail', 'service', 'production', 'Hosted mail', ''],
      ['cw-dms-uat', 'server', 'other', WINDOWS_22, '10.44.9.10']
    ]
  },
  {
    key: 'kestrel',
    name: 'Kestrel Mutual Insurance',
    plan: 'ims-premier',
    timeZone: 'America/New_York',
    domain: 'kestrelmutual.example',
    notes: 'Claims intake must not stop on storm days. Change freeze in the last three working days of a month.',
    contacts: [
      ['Howard Pell', 'Information security officer', ['+12125550103'], 'all'],
      ['Renee Dubois', 'Platform lead', ['+12125550104', '+12125550174'], 'ouea'],
      ['Sanjay Mehta', 'Database administrator', ['+12125550105'], 'ouer'],
      ['Tracy Oyelaran', 'Claims operations', ['+12125550130;ext=11'], 'ou'],
      ['Bill Hennessy', 'Claims operations', ['+12125550130;ext=12'], 'ou'],
      ['Grace Kim', 'Release manager', ['+12125550106'], 'oua']
    ],
    items: [
      ['km-claims-01', 'server', 'production', RED_HAT, '10.52.3.11'],
      ['km-claims-02', 'server', 'production', RED_HAT, '10.52.3.12'],
      ['km-ora-01', 'server', 'production', RED_HAT, '10.52.3.20'],
      ['km-ora-02', 'server', 'production', RED_HAT, '10.52.3.21'],
      ['km-doc-01', 'server', 'production', WINDOWS_22, '10.52.3.30'],
      ['km-fw-edge', 'network', 'production', 'Edge firewall pair', '10.52.0.1'],
      ['km-mq', 'service', 'production', 'Message queue', ''],
      ['km-claims-qa', 'server', 'other', RED_HAT, '10.52.9.11']
    ]
  },
  {
    key: 'tidewater',
    name: 'Tidewater Credit Union',
    plan: 'ims-premier',
    timeZone: 'America/New_York',
    domain: 'tidewatercu.example',
    notes: 'Regulated. Every access request needs the security contact, in writing, before anything is granted.',
    contacts: [
      ['Yolanda Briggs', 'Chief information security officer', ['+17575550108'], 'all'],
      ['Kevin Marsh', 'Network administrator', ['+17575550109'], 'oue'],
      ['Amelia Royce', 'Core banking analyst', ['+17575550118'], 'ou'],
      ['Dwight Lawson', 'Branch support', ['+17575550119', '+17575550190'], 'ou'],
      ['Fatima Noor', 'Systems engineer', ['+17575550128'], 'ouer']
    ],
    items: [
      ['tw-core-01', 'server', 'production', RED_HAT, '10.61.1.10'],
      ['tw-core-02', 'server', 'production', RED_HAT, '10.61.1.11'],
      ['tw-atm-gw', 'service', 'production', 'Cash machine gateway', '10.61.1.60'],
      ['tw-branch-rtr', 'network', 'production', 'Branch routers, 14 sites', '10.61.0.0/24'],
      ['tw-fw-01', 'network', 'production', 'Firewall pair', '10.61.0.1'],
      ['tw-file-01', 'server', 'production', WINDOWS_22, '10.61.1.40'],
      ['tw-dr-01', 'server', 'other', RED_HAT, '10.62.1.10']
    ]
  },
  {
    key: 'oakhaven',
    name: 'Oakhaven Hospitals',
    plan: 'ims-premier',
    timeZone: 'America/Los_Angeles',
    domain: 'oakhavenhospitals.example',
    notes: 'Two hospitals. Anything that touches the ward stations is severity 2 at least. Call the duty manager before a fail-over.',
    contacts: [
      ['Dr. Elaine Porter', 'Clinical information officer', ['+12065550107'], 'all'],
      ['Ray Castellano', 'Duty manager', ['+12065550100', '+12065550199'], 'oue'],
      ['Minh Tran', 'Integration engineer', ['+12065550112'], 'ouer'],
      ['Stephanie Wolfe', 'Pharmacy systems', ['+12065550113'], 'ou'],
      ['Gus Eriksen', 'Night operator', ['+12065550100'], 'ou'],
      ['Halima Yusuf', 'Change coordinator', ['+12065550114'], 'oua']
    ],
    items: [
      ['oh-ehr-app01', 'server', 'production', WINDOWS_22, '10.70.2.11'],
      ['oh-ehr-app02', 'server', 'production', WINDOWS_22, '10.70.2.12'],
      ['oh-ehr-db01', 'server', 'production', RED_HAT, '10.70.2.20'],
      ['oh-hl7-01', 'server', 'production', UBUNTU, '10.70.2.30'],
      ['oh-pharm-01', 'server', 'production', WINDOWS_19, '10.70.2.41'],
      ['oh-wlan-ctl', 'network', 'production', 'Wireless controllers', '10.70.0.10'],
      ['oh-pacs-store', 'storage', 'production', 'Image archive', '10.70.0.30'],
      ['oh-ehr-train', 'server', 'other', WINDOWS_22, '10.70.9.11']
    ]
  },
  {
    key: 'brightline',
    name: 'Brightline Foods',
    plan: 'ims-foundation',
    timeZone: 'America/Toronto',
    domain: 'brightlinefoods.example',
    notes: 'Cold chain: temperature alarms are forwarded to the plant manager by telephone, not by mail.',
    contacts: [
      ['Colette Marchand', 'Plant manager', ['+14165550115'], 'all'],
      ['Dev Patel', 'IT generalist', ['+14165550116', '+14165550186'], 'ouear'],
      ['Hannah Brooks', 'Quality assurance', ['+14165550125'], 'ou'],
      ['Tyrone Jacobs', 'Shipping', ['+14165550126'], 'o'],
      ['Ewa Kowalczyk', 'Finance', ['+14165550127'], 'o']
    ],
    items: [
      ['bl-scada-01', 'server', 'production', WINDOWS_19, '10.80.1.10'],
      ['bl-erp-01', 'server', 'production', WINDOWS_22, '10.80.1.20'],
      ['bl-label-01', 'server', 'production', WINDOWS_22, '10.80.1.30'],
      ['bl-plant-sw', 'network', 'production', 'Plant floor switches', '10.80.0.2'],
      ['bl-nas-01', 'storage', 'production', 'File storage', '10.80.0.20'],
      ['bl-erp-test', 'server', 'other', WINDOWS_22, '10.80.9.20']
    ]
  },
  {
    key: 'penmarric',
    name: 'Penmarric Outdoor',
    plan: 'managed-os',
    timeZone: 'Europe/London',
    domain: 'penmarric.example',
    notes: 'Web shop and nine stores. The bank-holiday sales are the peak of the year.',
    contacts: [
      ['Rowena Trelawney', 'Head of digital', ['+441174960101'], 'all'],
      ['Callum Fraser', 'Developer operations', ['+441174960102', '+447700900214'], 'ouear'],
      ['Sian Bevan', 'Store systems', ['+441174960110'], 'ou'],
      ['Jack Mullen', 'Warehouse', ['+441174960111'], 'ou'],
      ['Asha Nair', 'Finance systems', ['+441174960112'], 'ou']
    ],
    items: [
      ['po-web-01', 'server', 'production', AMAZON, '10.90.1.11'],
      ['po-web-02', 'server', 'production', AMAZON, '10.90.1.12'],
      ['po-db-01', 'server', 'production', AMAZON, '10.90.1.20'],
      ['po-search-01', 'server', 'production', UBUNTU, '10.90.1.30'],
      ['po-till-hub', 'server', 'production', WINDOWS_22, '10.90.2.10'],
      ['po-stage-01', 'server', 'other', AMAZON, '10.90.9.11']
    ]
  },
  {
    key: 'lumen',
    name: 'Lumen Street Studios',
    plan: 'ims-foundation',
    timeZone: 'America/Los_Angeles',
    domain: 'lumenstreet.example',
    notes: 'Film post-production. Render nights end at 06:00; restart render nodes after that.',
    contacts: [
      ['Bianca Moreau', 'Head of engineering', ['+12135550131'], 'all'],
      ['Theo Lindgren', 'Pipeline engineer', ['+12135550132', '+12135550182'], 'ouear'],
      ['Mika Sato', 'Render wrangler', ['+12135550133'], 'ou'],
      ['Joe Abruzzo', 'Colourist', ['+12135550134'], 'o'],
      ['Priscilla Vance', 'Production office', ['+12135550135'], 'o']
    ],
    items: [
      ['ls-render-mgr', 'server', 'production', UBUNTU, '10.101.1.10'],
      ['ls-render-a', 'server', 'production', UBUNTU, '10.101.1.40'],
      ['ls-render-b', 'server', 'production', UBUNTU, '10.101.1.41'],
      ['ls-media-san', 'storage', 'production', 'Media storage, 400 TB', '10.101.0.20'],
      ['ls-lic-01', 'server', 'production', WINDOWS_22, '10.101.1.50'],
      ['ls-review', 'service', 'production', 'Client review portal', ''],
      ['ls-core-sw', 'network', 'production', '100 Gb core switch', '10.101.0.2']
    ]
  },
  {
    key: 'wattle',
    name: 'Wattle & Finch Wines',
    plan: 'managed-os',
    timeZone: 'Australia/Adelaide',
    domain: 'wattlefinch.example',
    notes: 'Vintage runs from February to April, seven days a week. Half-hour time zone: read times back slowly.',
    contacts: [
      ['Lachlan Reid', 'General manager', ['+61870101101', '+61491570156'], 'all'],
      ['Priya Somers', 'Systems coordinator', ['+61870101102'], 'ouear'],
      ['Tom Bouchard', 'Cellar operations', ['+61870101120'], 'ou'],
      ['Kirra Walsh', 'Online orders', ['+61870101121'], 'ou']
    ],
    items: [
      ['wf-erp-01', 'server', 'production', WINDOWS_22, '10.110.1.10'],
      ['wf-cellar-01', 'server', 'production', WINDOWS_19, '10.110.1.20'],
      ['wf-shop-01', 'server', 'production', UBUNTU, '10.110.1.30'],
      ['wf-print-01', 'server', 'production', WINDOWS_19, '10.110.1.40'],
      ['wf-erp-test', 'server', 'other', WINDOWS_22, '10.110.9.10']
    ]
  },
  {
    key: 'harrowgate',
    name: 'Harrowgate Precision',
    plan: 'ims-foundation',
    timeZone: 'Europe/London',
    domain: 'harrowgate.example',
    notes: 'Machine shop on two shifts. The licence server stops the whole design office when it stops.',
    contacts: [
      ['Alan Thwaite', 'Managing director', ['+441614960131'], 'all'],
      ['Zainab Hussain', 'IT and facilities', ['+441614960132', '+447700900331'], 'ouear'],
      ['Craig Entwistle', 'Design office', ['+441614960140'], 'ou'],
      ['Moira Kelly', 'Production planning', ['+441614960141'], 'ou'],
      ['Stuart Oldham', 'Goods in', ['+441614960142'], 'o']
    ],
    items: [
      ['hp-cad-lic', 'server', 'production', WINDOWS_22, '10.120.1.10'],
      ['hp-mes-01', 'server', 'production', RED_HAT, '10.120.1.20'],
      ['hp-file-01', 'server', 'production', WINDOWS_22, '10.120.1.30'],
      ['hp-floor-sw', 'network', 'production', 'Shop floor switches', '10.120.0.2'],
      ['hp-backup', 'service', 'production', 'Nightly file backup', ''],
      ['hp-mes-test', 'server', 'other', RED_HAT, '10.120.9.20']
    ]
  },
  {
    key: 'sandbar',
    name: 'Sandbar Logistics',
    plan: 'ims-foundation',
    timeZone: 'America/Chicago',
    domain: 'sandbarlogistics.example',
    notes: 'Port terminals. Gate kiosks queue lorries on the public road within ten minutes.',
    contacts: [
      ['Nathalie Broussard', 'Terminal director', ['+15045550136'], 'all'],
      ['Curtis Hale', 'Terminal systems', ['+15045550137', '+15045550187'], 'ouear'],
      ['Desiree Fontenot', 'Gate control', ['+15045550150'], 'ou'],
      ['Omar Haddad', 'Gate control', ['+15045550150'], 'ou'],
      ['Wendy Tran', 'Customs desk', ['+15045550151'], 'o']
    ],
    items: [
      ['sb-tos-01', 'server', 'production', RED_HAT, '10.130.1.10'],
      ['sb-tos-02', 'server', 'production', RED_HAT, '10.130.1.11'],
      ['sb-gate-01', 'server', 'production', WINDOWS_22, '10.130.1.30'],
      ['sb-cam-nvr', 'server', 'production', UBUNTU, '10.130.1.50'],
      ['sb-wan', 'network', 'production', 'Terminal uplinks', '10.130.0.1'],
      ['sb-nas-01', 'storage', 'production', 'File storage', '10.130.0.20'],
      ['sb-tos-test', 'server', 'other', RED_HAT, '10.130.9.10']
    ]
  }
]
