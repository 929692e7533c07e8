import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import { maySee } from '#shared/domain/permission/scope.ts'
import type { RecordImage } from '#shared/domain/record.ts'

type Images = ReadonlyMap<string, RecordImage>

/** Whether a record belongs on this person's console, on a desk as it was at one instant. */
export function isVisible(image: RecordImage, me: Pick<Person, 'role' | 'queueIds'>, desk: Images): boolean {
  if (image.state === null) return false
  return maySee(me, { kind: image.kind, state: image.state }, { queue: (id) => stateOf(desk, `queue:${id}`) as Queue | undefined })
}

export function stateOf(desk: Images, key: string): RecordImage['state'] | undefined {
  return desk.get(key)?.state ?? undefined
}

/** Queues whose cases not everybody sees. */
export function restrictedQueues(desk: Images): string {
  const restricted: string[] = []
  for (const image of desk.values()) if (image.kind === 'queue' && image.state?.restricted) restricted.push(image.id)
  return restricted.toSorted().join(',')
}
