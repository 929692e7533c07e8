import type { Directory } from '../context.ts'
import type { Person } from '../directory/person.ts'
import type { QueueId } from '../identity.ts'
import type { RecordKind, StateOf } from '../record.ts'
import { may } from './ability.ts'

/** What of the desk a person's console holds. Two equal keys hold the same records, so a replica built under another key is rebuilt. */
export function scopeKey(person: Pick<Person, 'role' | 'queueIds'>): string {
  return `${person.role}:${[...person.queueIds].toSorted().join(',')}`
}

/** Whether a record belongs on this person's console (PERM-3, PERM-4): the cases of a restricted queue only for its members, leads and admins; a wall sees no contacts. */
export function maySee(
  person: Pick<Person, 'role' | 'queueIds'>,
  record: { readonly kind: RecordKind; readonly state: StateOf[RecordKind] },
  directory: Pick<Directory, 'queue'>
): boolean {
  if (record.kind === 'contact') return may(person.role, 'viewDesk')
  return record.kind !== 'case' || maySeeQueue(person, (record.state as StateOf['case']).queueId, directory)
}

/** Whether the cases of a queue are this person's to see. A queue that nobody knows is treated as restricted. */
export function maySeeQueue(person: Pick<Person, 'role' | 'queueIds'>, queueId: QueueId, directory: Pick<Directory, 'queue'>): boolean {
  return directory.queue(queueId)?.restricted === false || may(person.role, 'leadDesk') || person.queueIds.includes(queueId)
}
