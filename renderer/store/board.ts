import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { PersonId } from '#shared/domain/identity.ts'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { RecordKind, StateOf } from '#shared/domain/record.ts'
import type { Policy } from '#shared/domain/sla/policy.ts'
import type { BoardChange, BoardRecord } from '#renderer/sync/engine-api.ts'
import { makeCaseRow } from './case-row.ts'
import type { CaseRow } from './case-row.ts'
import { changeLists } from './case-lists.ts'
import type { CaseLists } from './case-lists.ts'

/**
 * The visible desk as a window holds it. The maps are changed in place and their values replaced, never mutated, so a selector
 * that picks one record or one list re-renders exactly when that record or list changed.
 */
export type BoardState = {
  readonly cases: ReadonlyMap<string, CaseRow>
  readonly customers: ReadonlyMap<string, Customer>
  readonly contacts: ReadonlyMap<string, Contact>
  readonly items: ReadonlyMap<string, Item>
  readonly people: ReadonlyMap<string, Person>
  readonly queues: ReadonlyMap<string, Queue>
  readonly policies: ReadonlyMap<string, Policy>
  readonly lists: CaseLists
  /** False until the first whole picture of the desk is in. */
  readonly complete: boolean
  /** Grows with every directory change: what derived directory lists depend on. */
  readonly directoryVersion: number
}

export type Board = StoreApi<BoardState> & {
  readonly apply: (change: BoardChange) => void
  /** Whose cases `mine` lists. */
  readonly setMe: (me: PersonId | null) => void
}

type Maps = { readonly [K in RecordKind]: Map<string, K extends 'case' ? CaseRow : StateOf[K]> }

/** An empty board; `apply` feeds it the engine's increments. */
export function createBoard(): Board {
  const maps: Maps = {
    case: new Map(),
    customer: new Map(),
    contact: new Map(),
    item: new Map(),
    person: new Map(),
    queue: new Map(),
    policy: new Map()
  }
  const store = createStore<BoardState>(() => ({
    cases: maps.case,
    customers: maps.customer,
    contacts: maps.contact,
    items: maps.item,
    people: maps.person,
    queues: maps.queue,
    policies: maps.policy,
    lists: new Map(),
    complete: false,
    directoryVersion: 0
  }))

  let me: PersonId | null = null

  const apply = (change: BoardChange) => {
    const removed: CaseRow[] = []
    const added: CaseRow[] = []
    let directoryChanged = false
    let lists = store.getState().lists
    if (change.kind === 'reset') {
      for (const map of Object.values(maps)) map.clear()
      lists = new Map()
      directoryChanged = true
    }

    const place = (row: CaseRow) => {
      const before = maps.case.get(row.id)
      if (before) removed.push(before)
      maps.case.set(row.id, row)
      added.push(row)
    }
    const drop = (kind: RecordKind, id: string) => {
      const before = maps.case.get(id)
      if (kind === 'case' && before) removed.push(before)
      maps[kind].delete(id)
      directoryChanged ||= kind !== 'case'
    }

    const policies = new Set<string>()
    for (const record of change.records) {
      if (record.kind === 'case' || record.state === null) continue
      setDirectory(maps, record)
      directoryChanged = true
      if (record.kind === 'policy') policies.add(record.id)
    }
    // A policy that arrives after its cases gives them their clocks.
    if (policies.size > 0 && change.kind === 'changed') {
      for (const row of maps.case.values())
        if (policies.has(row.state.policyId)) place(makeCaseRow(row.state, row.version, row.pending, maps.policy.get(row.state.policyId)))
    }
    for (const record of change.records) {
      if (record.state === null) drop(record.kind, record.id)
      else if (record.kind === 'case')
        place(makeCaseRow(record.state, record.version, record.pending, maps.policy.get(record.state.policyId)))
    }
    if (change.kind === 'changed') for (const ref of change.gone) drop(ref.kind, ref.id)

    store.setState((state) => ({
      lists: changeLists(lists, removed, latestOnly(added, maps.case), me),
      complete: change.complete,
      directoryVersion: directoryChanged ? state.directoryVersion + 1 : state.directoryVersion
    }))
  }

  const setMe = (person: PersonId | null) => {
    if (person === me) return
    me = person
    store.setState(({ lists }) => {
      const mine = (lists.get('open') ?? []).filter((row) => person !== null && row.state.assigneeId === person)
      return { lists: new Map(lists).set('mine', mine) }
    })
  }

  return Object.assign(store, { apply, setMe })
}

function setDirectory(maps: Maps, record: Exclude<BoardRecord, { kind: 'case' }>): void {
  const map: Map<string, unknown> = maps[record.kind]
  map.set(record.id, record.state)
}

/** A record may come twice in one change; only the row that stands is listed. */
function latestOnly(added: readonly CaseRow[], cases: ReadonlyMap<string, CaseRow>): readonly CaseRow[] {
  return added.filter((row) => cases.get(row.id) === row)
}
