import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Contact } from '#shared/domain/directory/contact.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { Item } from '#shared/domain/directory/item.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Queue } from '#shared/domain/directory/queue.ts'
import type { PersonId } from '#shared/domain/identity.ts'
import { RecordKind } from '#shared/domain/record.ts'
import type { StateOf } from '#shared/domain/record.ts'
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

const KINDS = RecordKind.options

type Maps = { readonly [K in RecordKind]: Map<string, K extends 'case' ? CaseRow : StateOf[K]> }

/** While a desk still comes in, the screens follow it this often and not slice by slice; milliseconds. */
const SHOW_EVERY = 120

/** How long what a reset has not brought again may stay on screen while the desk is loaded anew; milliseconds. */
const KEEP_STALE = 10_000

type Key = { readonly kind: RecordKind; readonly id: string }

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
  // What the lists do not show yet.
  let removed: CaseRow[] = []
  let added = new Set<CaseRow>()
  let directoryChanged = false
  let timer: ReturnType<typeof setTimeout> | null = null
  // What a reset has not brought again yet. An engine that takes over, or a desk read anew, must not take a case from under somebody who is writing in it.
  const stale = new Map<string, Key>()
  let staleTimer: ReturnType<typeof setTimeout> | null = null

  const place = (row: CaseRow) => {
    take(row.id)
    maps.case.set(row.id, row)
    added.add(row)
  }
  const take = (id: string) => {
    const before = maps.case.get(id)
    // A row that no list shows yet needs not leave one.
    if (before && !added.delete(before)) removed.push(before)
    maps.case.delete(id)
  }
  const drop = (kind: RecordKind, id: string) => {
    if (kind === 'case') return take(id)
    maps[kind].delete(id)
    directoryChanged = true
  }
  const show = (complete: boolean) => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const [leaving, coming, directory] = [removed, added, directoryChanged]
    removed = []
    added = new Set()
    directoryChanged = false
    store.setState((state) => ({
      lists: changeLists(state.lists, leaving, [...coming], me),
      complete,
      directoryVersion: directory ? state.directoryVersion + 1 : state.directoryVersion
    }))
  }

  const expectAgain = () => {
    for (const kind of KINDS) for (const id of maps[kind].keys()) stale.set(`${kind}/${id}`, { kind, id })
    if (staleTimer !== null) clearTimeout(staleTimer)
    staleTimer = setTimeout(() => {
      dropStale()
      show(store.getState().complete)
    }, KEEP_STALE)
  }
  const dropStale = () => {
    if (staleTimer !== null) clearTimeout(staleTimer)
    staleTimer = null
    for (const { kind, id } of stale.values()) drop(kind, id)
    stale.clear()
  }

  const apply = (change: BoardChange) => {
    if (change.kind === 'reset') expectAgain()
    if (stale.size > 0) {
      for (const { kind, id } of change.records) stale.delete(`${kind}/${id}`)
      if (change.complete) dropStale()
    }
    const policies = new Set<string>()
    for (const record of change.records) {
      if (record.kind === 'case' || record.state === null) continue
      setDirectory(maps, record)
      directoryChanged = true
      if (record.kind === 'policy') policies.add(record.id)
    }
    // A policy that arrives after its cases gives them their clocks.
    if (policies.size > 0) {
      const waiting = Array.from(maps.case.values()).filter((row) => policies.has(row.state.policyId))
      for (const row of waiting) place(rowOf(row, maps))
    }
    for (const record of change.records) {
      if (record.state === null) drop(record.kind, record.id)
      else if (record.kind === 'case') place(rowOf({ ...record, state: record.state }, maps))
    }
    if (change.kind === 'changed') for (const ref of change.gone) drop(ref.kind, ref.id)

    if (change.complete || change.kind === 'reset') show(change.complete)
    else timer ??= setTimeout(() => show(false), SHOW_EVERY)
  }

  const setMe = (person: PersonId | null) => {
    if (person === me) return
    // Nothing of one person's desk stays for another.
    dropStale()
    show(store.getState().complete)
    me = person
    store.setState(({ lists }) => {
      const mine = (lists.get('open') ?? []).filter((row) => person !== null && row.state.assigneeId === person)
      return { lists: new Map(lists).set('mine', mine) }
    })
  }

  return Object.assign(store, { apply, setMe })
}

function rowOf({ state, version, pending }: Pick<CaseRow, 'state' | 'version' | 'pending'>, maps: Maps): CaseRow {
  return makeCaseRow(state, version, pending, maps.policy.get(state.policyId))
}

function setDirectory(maps: Maps, record: Exclude<BoardRecord, { kind: 'case' }>): void {
  const map: Map<string, unknown> = maps[record.kind]
  map.set(record.id, record.state)
}
