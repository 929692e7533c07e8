import type { Directory } from '#shared/domain/context.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { DeskStore } from './desk-store.ts'

/** People, queues and policies: few, read by every decision, so each node keeps them whole. */
export type SmallDirectory = Pick<Directory, 'person' | 'queue' | 'policy' | 'policyFor'> & {
  readonly revision: number
  readonly persons: readonly Person[]
  readonly queues: readonly Queue[]
  readonly policies: readonly Policy[]
}

export type DirectoryKeeper = {
  readonly now: () => SmallDirectory
  /** The directory at this revision or a later one. */
  readonly at: (revision: number) => Promise<SmallDirectory>
  /** The directory as the database has it now. */
  readonly reread: () => Promise<SmallDirectory>
  /** The database went back in time: what is known here may never have been. */
  readonly forget: () => void
}

export function keepDirectory(store: DeskStore): DirectoryKeeper {
  let kept = smallDirectory(-1, [])
  let loading: Promise<SmallDirectory> | null = null
  let forgotten = 0
  const load = async () => {
    const before = forgotten
    try {
      const { revision, images } = await store.readDirectory()
      if (before === forgotten && revision > kept.revision) kept = smallDirectory(revision, images)
      return kept
    } finally {
      loading = null
    }
  }
  const at = async (revision: number): Promise<SmallDirectory> => {
    const before = forgotten
    // A load under way may have begun before the change that is asked for. A revision that was undone never comes.
    while (kept.revision < revision && (before === forgotten || kept.revision < 0)) {
      loading ??= load()
      await loading
    }
    return kept
  }
  const reread = async () => {
    if (loading) await loading
    loading ??= load()
    return loading
  }
  const forget = () => {
    forgotten += 1
    kept = smallDirectory(-1, [])
  }
  return { now: () => kept, at, reread, forget }
}

/** The look-ups over a set of images; later images replace earlier ones of the same record. */
export function smallDirectory(revision: number, images: readonly RecordImage[]): SmallDirectory {
  const persons = new Map<string, Person>()
  const queues = new Map<string, Queue>()
  const policies = new Map<string, Policy>()
  for (const image of images) {
    if (image.kind === 'person') put(persons, image.id, image.state)
    else if (image.kind === 'queue') put(queues, image.id, image.state)
    else if (image.kind === 'policy') put(policies, image.id, image.state)
  }
  return {
    revision,
    persons: [...persons.values()],
    queues: [...queues.values()],
    policies: [...policies.values()],
    person: (id) => persons.get(id),
    queue: (id) => queues.get(id),
    policy: (id) => policies.get(id),
    policyFor: (plan, at) => {
      const effective = [...policies.values()].filter((policy) => policy.plan === plan && policy.effectiveFrom <= at)
      return effective.toSorted((a, b) => a.effectiveFrom - b.effectiveFrom || versionOf(a) - versionOf(b)).at(-1)
    }
  }
}

function put<T>(map: Map<string, T>, id: string, state: T | null): void {
  if (state === null) map.delete(id)
  else map.set(id, state)
}

function versionOf({ id }: Policy): number {
  return Number(id.slice(id.indexOf('/') + 1))
}
