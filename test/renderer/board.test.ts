import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseState } from '#shared/domain/case/case.ts'
import type { PersonId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { BoardRecord } from '#renderer/sync/engine-api.ts'
import { createBoard } from '#renderer/store/board.ts'
import type { ListKey } from '#renderer/store/case-lists.ts'
import { idOf, sampleDesk } from './sample-desk.ts'

const NOW = Date.UTC(2026, 10, 22, 10, 48) as Instant
const desk = sampleDesk(NOW, 3)
const me = idOf<PersonId>(5, 1)
const asRecord = (state: CaseState, version = 2): BoardRecord => ({ kind: 'case', id: state.id, version, state, pending: 0 })
const whole = { kind: 'reset' as const, records: desk.images.map((image) => ({ ...image, pending: 0 })), complete: true }

function boardOf() {
  const board = createBoard()
  board.setMe(me)
  board.apply(whole)
  return board
}

/** The lists as a full sort of everything would make them. */
function expectSorted(board: ReturnType<typeof boardOf>) {
  const { cases, lists } = board.getState()
  const rows = [...cases.values()]
  const wanted = (key: ListKey) =>
    rows
      .filter(({ state }) => {
        const open = state.status !== 'resolved' && state.status !== 'closed'
        if (key === 'ended') return !open
        return open && (key === 'open' || (key === 'mine' ? state.assigneeId === me : key === `queue:${state.queueId}`))
      })
      .toSorted((a, b) => a.sortKey - b.sortKey || (a.id < b.id ? -1 : 1))
      .map((row) => row.id)
  for (const key of ['open', 'mine', 'ended', `queue:${idOf(4, 1)}`, `queue:${idOf(4, 2)}`] as ListKey[]) {
    expect((lists.get(key) ?? []).map((row) => row.id)).toEqual(wanted(key))
  }
}

describe('the lists of the board', () => {
  it('are sorted by next deadline after the desk came in', () => {
    const board = boardOf()
    expectSorted(board)
    const open = board.getState().lists.get('open') ?? []
    expect(open.length).toBeGreaterThan(30)
    expect(open.every((row, index) => index === 0 || (open[index - 1]?.sortKey ?? 0) <= row.sortKey)).toBe(true)
  })

  it('equal a full sort after any sequence of increments', () => {
    const change = fc.record({
      index: fc.nat(desk.cases.length - 1),
      status: fc.constantFrom('new', 'inProgress', 'resolved', 'closed'),
      queue: fc.integer({ min: 1, max: 3 }),
      assignee: fc.option(fc.integer({ min: 1, max: 3 })),
      openedAgo: fc.nat(100_000),
      gone: fc.boolean()
    })
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 12 }), (batches) => {
        const board = boardOf()
        for (const batch of batches) {
          const records: BoardRecord[] = []
          const gone: { kind: 'case'; id: string }[] = []
          for (const { index, status, queue, assignee, openedAgo, gone: leaves } of batch) {
            const state = desk.cases[index]
            if (!state) continue
            if (leaves) gone.push({ kind: 'case', id: state.id })
            else
              records.push(
                asRecord({
                  ...state,
                  status: status as CaseState['status'],
                  queueId: idOf(4, queue),
                  assigneeId: assignee === null ? null : idOf(5, assignee),
                  marks: state.marks.map((mark) => ({ ...mark, at: (mark.at - openedAgo) as Instant })),
                  closedAt: status === 'closed' ? ((NOW - openedAgo) as Instant) : null
                })
              )
          }
          board.apply({ kind: 'changed', records, gone, complete: true })
        }
        expectSorted(board)
      }),
      { numRuns: 60 }
    )
  })

  it('keep every row that a change does not touch as the same value', () => {
    const board = boardOf()
    const before = board.getState().cases
    const others = new Map([...before].slice(1))
    const [first] = desk.cases
    if (!first) throw new Error('the sample desk has no cases')
    board.apply({ kind: 'changed', records: [asRecord({ ...first, subject: 'Changed' })], gone: [], complete: true })
    for (const [id, row] of others) expect(board.getState().cases.get(id)).toBe(row)
    expect(board.getState().cases.get(first.id)?.state.subject).toBe('Changed')
  })

  it('give cases their clocks when the policy comes after them', () => {
    const board = createBoard()
    const policies = whole.records.filter((record) => record.kind === 'policy')
    board.apply({ kind: 'reset', records: whole.records.filter((record) => record.kind !== 'policy'), complete: false })
    expect(
      board
        .getState()
        .lists.get('open')
        ?.every((row) => row.due === null)
    ).toBe(true)
    board.apply({ kind: 'changed', records: policies, gone: [], complete: true })
    expect(
      board
        .getState()
        .lists.get('open')
        ?.every((row) => row.due !== null)
    ).toBe(true)
  })

  it('keeps a case that somebody may be writing in while the desk is loaded anew, and only what came again once it is in', () => {
    const board = createBoard()
    board.apply(whole)
    const [first, second] = whole.records.filter((record) => record.kind === 'case')
    if (!first || !second) throw new Error('the sample desk has no cases')
    board.apply({ kind: 'reset', records: [], complete: false })
    expect(board.getState().cases.has(first.id)).toBe(true)
    board.apply({ kind: 'changed', records: whole.records.filter((record) => record.id !== second.id), gone: [], complete: true })
    expect(board.getState().cases.has(first.id)).toBe(true)
    expect(board.getState().cases.has(second.id)).toBe(false)
    expect([...board.getState().lists.values()].flat().some((row) => row.id === second.id)).toBe(false)
  })

  it('shows nothing of one person’s desk to the next', () => {
    const board = createBoard()
    board.setMe(me)
    board.apply(whole)
    board.apply({ kind: 'reset', records: [], complete: false })
    board.setMe(null)
    expect(board.getState().cases.size).toBe(0)
    expect([...board.getState().lists.values()].flat()).toEqual([])
  })

  it('show nothing of the desk before once it is reset', () => {
    const board = boardOf()
    board.apply({ kind: 'reset', records: [], complete: true })
    expect(board.getState().lists.get('open') ?? []).toEqual([])
    expect(board.getState().customers.size).toBe(0)
  })
})
