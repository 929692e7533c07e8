import type { Role } from '#shared/domain/directory/person.ts'

export type SampleQueue = { readonly key: QueueKey; readonly name: string; readonly order: number; readonly restricted: boolean }
export type QueueKey = 'desk' | 'cloud' | 'network' | 'security'

export const SAMPLE_QUEUES: readonly SampleQueue[] = [
  { key: 'desk', name: 'Service Desk', order: 1, restricted: false },
  { key: 'cloud', name: 'Cloud Engineering', order: 2, restricted: false },
  { key: 'network', name: 'Network', order: 3, restricted: false },
  { key: 'security', name: 'Security', order: 4, restricted: true }
]

export type PersonKey = 'amara' | 'jonas' | 'priya' | 'tomas' | 'wen' | 'sofia' | 'daniel' | 'ruth' | 'wall'

export type SamplePerson = {
  readonly key: PersonKey
  readonly name: string
  readonly initials: string
  readonly role: Role
  readonly queues: readonly QueueKey[]
}

/** Everybody's account name is the key, with the one password below. They exist only while the sample desk does. */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = [
  { key: 'amara', name: 'Amara Okafor', initials: 'AO', role: 'agent', queues: ['desk'] },
  { key: 'jonas', name: 'Jonas Lindqvist', initials: 'JL', role: 'agent', queues: ['desk'] },
  { key: 'priya', name: 'Priya Raman', initials: 'PR', role: 'agent', queues: ['desk'] },
  { key: 'tomas', name: 'Tomás Herrera', initials: 'TH', role: 'engineer', queues: ['cloud'] },
  { key: 'wen', name: 'Wen Li', initials: 'WL', role: 'engineer', queues: ['cloud', 'network'] },
  { key: 'sofia', name: 'Sofia Marchetti', initials: 'SM', role: 'engineer', queues: ['security', 'network'] },
  { key: 'daniel', name: 'Daniel Achterberg', initials: 'DA', role: 'lead', queues: ['desk', 'cloud', 'network', 'security'] },
  { key: 'ruth', name: 'Ruth Calloway', initials: 'RC', role: 'admin', queues: ['desk', 'cloud', 'network', 'security'] },
  { key: 'wall', name: 'Operations wall', initials: 'W', role: 'wall', queues: [] }
]

export const SAMPLE_PASSWORD = 'ringdown'
