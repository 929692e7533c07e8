import { isOpen } from '#shared/domain/case/case.ts'
import type { PersonId, QueueId } from '#shared/domain/identity.ts'
import type { CaseRow } from './case-row.ts'

/** `open`: everything open; `mine`: open and assigned to me; one per queue; `ended`: resolved and closed, newest first. */
export type ListKey = 'open' | 'mine' | 'ended' | `queue:${QueueId}`
export type CaseLists = ReadonlyMap<ListKey, readonly CaseRow[]>

/** From here on one pass over the list costs less than that many insertions. */
const MERGE_FROM = 200

/**
 * The lists after some rows left and some came. Each touched list is copied once and changed by binary search; 50,000 rows are
 * never sorted again because one of them changed. `removed` rows must be the very values that the lists hold.
 */
export function changeLists(lists: CaseLists, removed: readonly CaseRow[], added: readonly CaseRow[], me: PersonId | null): CaseLists {
  if (removed.length === 0 && added.length === 0) return lists
  const next = new Map(lists)
  const leaving = group(removed, me)
  const coming = group(added, me)
  for (const key of new Set([...leaving.keys(), ...coming.keys()])) {
    next.set(key, changeList(lists.get(key) ?? [], leaving.get(key) ?? [], coming.get(key) ?? []))
  }
  return next
}

/** The lists a row belongs to. */
function listsOf(row: CaseRow, me: PersonId | null): readonly ListKey[] {
  if (!isOpen(row.state.status)) return ['ended']
  const keys: ListKey[] = ['open', `queue:${row.state.queueId}`]
  if (me !== null && row.state.assigneeId === me) keys.push('mine')
  return keys
}

function changeList(list: readonly CaseRow[], leaving: readonly CaseRow[], coming: readonly CaseRow[]): readonly CaseRow[] {
  if (leaving.length + coming.length >= MERGE_FROM) {
    const gone = new Set(leaving)
    return merge(gone.size > 0 ? list.filter((row) => !gone.has(row)) : list, coming.toSorted(compare))
  }
  const next = list.slice()
  for (const row of leaving) {
    const index = position(next, row)
    if (next[index] === row) next.splice(index, 1)
  }
  for (const row of coming) next.splice(position(next, row), 0, row)
  return next
}

/** Two sorted lists as one. */
function merge(list: readonly CaseRow[], coming: readonly CaseRow[]): readonly CaseRow[] {
  const merged: CaseRow[] = []
  let next = 0
  for (const row of list) {
    for (let other = coming[next]; other !== undefined && compare(other, row) < 0; other = coming[next]) {
      merged.push(other)
      next += 1
    }
    merged.push(row)
  }
  return next < coming.length ? merged.concat(coming.slice(next)) : merged
}

/** The first index at which `row` may stand. */
function position(list: readonly CaseRow[], row: CaseRow): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = list[middle]
    if (other !== undefined && compare(other, row) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare(a: CaseRow, b: CaseRow): number {
  return a.sortKey - b.sortKey || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

function group(rows: readonly CaseRow[], me: PersonId | null): Map<ListKey, CaseRow[]> {
  const groups = new Map<ListKey, CaseRow[]>()
  for (const row of rows) {
    for (const key of listsOf(row, me)) {
      const known = groups.get(key)
      if (known) known.push(row)
      else groups.set(key, [row])
    }
  }
  return groups
}
