import type { Person } from '#shared/domain/directory/person.ts'
import type { RecordImage, StateOf } from '#shared/domain/record.ts'
import { maySee, scopeKey } from '#shared/domain/permission/scope.ts'
import type { SmallDirectory } from './small-directory.ts'

/** What one person's console may hold. People with the same `scope` see exactly the same. */
export type Visibility = {
  readonly scope: string
  readonly sees: (image: RecordImage) => boolean
  /** The same rule as the database applies it: whether contacts show, and whose cases do not. */
  readonly contacts: boolean
  readonly hiddenQueueIds: readonly string[]
}

/** The scope names the restricted queues too: when one becomes restricted, replicas that hold its cases must be rebuilt although no case changed. */
export function visibilityOf(person: Person, directory: SmallDirectory): Visibility {
  const restricted = directory.queues.filter((queue) => queue.restricted)
  const hidden = restricted.filter(({ id: queueId }) => !maySee(person, { kind: 'case', state: { queueId } as StateOf['case'] }, directory))
  return {
    scope: `${scopeKey(person)}|${restricted
      .map(({ id }) => id)
      .toSorted()
      .join(',')}`,
    // A removed record has nothing to show; that it is gone, everybody may know.
    sees: (image) => image.state !== null && maySee(person, { kind: image.kind, state: image.state }, directory),
    contacts: maySee(person, { kind: 'contact', state: {} as StateOf['contact'] }, directory),
    hiddenQueueIds: hidden.map(({ id }) => id).toSorted()
  }
}
