import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import type { Command } from '#shared/domain/command.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import { CaseId, CommandId } from '#shared/domain/identity.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import { Board } from '#renderer/sync/engine/board.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { START, makeContext, makeCommand, makeDesk, makeIntake, minute, uuid } from '#test/make.ts'
import { TinyDesk } from './tiny-desk.ts'

const CASES = [uuid(601), uuid(602), uuid(603)]
const desk = makeDesk()

/** Something somebody may do, as far as a property needs to say it: which case, what, by whom. */
type Move = { readonly at: number; readonly on: number; readonly what: number; readonly mine: boolean }

const moves = (maxLength: number) =>
  fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 600 }),
      on: fc.integer({ min: 0, max: 2 }),
      what: fc.integer({ min: 0, max: 11 }),
      mine: fc.boolean()
    }),
    { maxLength }
  )

/** The n-th command of a history. Some of them the desk will refuse: that is part of it. */
function commandOf(move: Move, n: number, actor: Person): Command {
  const id = CASES[move.on] ?? ''
  const context = makeContext(desk, { actor, commandId: CommandId.parse(uuid(20_000 + n)), occurredAt: minute(move.at) })
  const give = <T extends CommandType>(type: T, recordId: string, payload: Parameters<typeof makeCommand<T>>[2]) =>
    ({ ...makeCommand(type, recordId, payload, context), sequence: n + 1 }) as Command
  const choices: readonly (() => Command)[] = [
    () => give('open', id, makeIntake(desk, { number: caseNumberOf(40_000 + n) })),
    () =>
      give('open', id, makeIntake(desk, { number: caseNumberOf(40_000 + n), channel: 'portal', assigneeId: null, callbackNumber: null })),
    () => give('acknowledge', id, {}),
    () => give('note', id, { text: `note ${n}` }),
    () => give('updateCustomer', id, { text: `update ${n}`, via: 'phone' }),
    () => give('assign', id, { queueId: desk.queue.id, assigneeId: actor.id, expectedAssigneeId: null }),
    () => give('raiseSeverity', id, { to: 1, reason: 'worse' }),
    () => give('lowerSeverity', id, { from: 3, to: 4, reason: 'better' }),
    () => give('wait', id, { on: 'customer', question: 'which one?', until: minute(move.at + 600) }),
    () => give('resolve', id, { code: 'fixed', text: 'done' }),
    () => give('reopen', id, { reason: 'not done' }),
    () => give('saveCustomer', desk.customer.id, { ...desk.customer, active: move.at % 3 !== 0 })
  ]
  return (choices[move.what] ?? choices[3] ?? (() => give('note', id, { text: '' })))()
}

function boardOver(server: TinyDesk): Board {
  const board = new Board((doing, error) => {
    throw new Error(doing, { cause: error })
  })
  for (const image of server.images.values()) board.take(image)
  return board
}

function visible(board: Board): ReadonlyMap<string, unknown> {
  return new Map([...board.records()].map((record) => [`${record.kind}:${record.id}`, record]))
}

/** Records without the instants at which a server recorded them, which a console cannot know beforehand. */
function timeless(image: RecordImage | undefined): unknown {
  if (image?.kind !== 'case' || image.state === null) return image
  return { ...image, state: { ...image.state, changedAt: null } }
}

describe('rebase', () => {
  it('[SYNC-2] replays only what a change reaches and shows the same as replaying everything', () => {
    fc.assert(
      fc.property(moves(14), moves(8), moves(8), (before, pending, after) => {
        const server = new TinyDesk(desk, () => START)
        for (const [n, move] of before.entries()) server.elsewhere(commandOf(move, n, desk.engineer), desk.engineer)
        const board = boardOver(server)
        board.setQueue(desk.admin, [])
        for (const [n, move] of pending.entries()) {
          const command = commandOf(move, 100 + n, desk.admin)
          board.append(command, board.try(command))
        }
        for (const [n, move] of after.entries()) {
          const command = commandOf(move, 200 + n, desk.engineer)
          server.elsewhere(command, desk.engineer)
          const image = server.images.get(`${command.record.kind}:${command.record.id}`)
          if (image && board.take(image)) board.rebase([`${image.kind}:${image.id}`])
        }
        const incremental = visible(board)
        board.rebase('all')
        expect(incremental).toEqual(visible(board))
      }),
      { numRuns: 500 }
    )
  })

  it('[SYNC-2] shows what the server will say when nothing else happens', () => {
    fc.assert(
      fc.property(moves(14), moves(8), (before, pending) => {
        const server = new TinyDesk(desk, () => START)
        for (const [n, move] of before.entries()) server.elsewhere(commandOf(move, n, desk.engineer), desk.engineer)
        const board = boardOver(server)
        board.setQueue(desk.admin, [])
        for (const [n, move] of pending.entries()) {
          const command = commandOf(move, 100 + n, desk.admin)
          board.append(command, board.try(command))
          server.elsewhere(command, desk.admin)
        }
        for (const [key, image] of server.images) expect(timeless(board.image(key))).toEqual(timeless(image))
      }),
      { numRuns: 500 }
    )
  })

  it('[SYNC-2] tells of every record that looks different, and of no loss when the queue empties', () => {
    fc.assert(
      fc.property(moves(10), moves(8), (before, pending) => {
        const server = new TinyDesk(desk, () => START)
        for (const [n, move] of before.entries()) server.elsewhere(commandOf(move, n, desk.engineer), desk.engineer)
        const board = boardOver(server)
        board.setQueue(desk.admin, [])
        const shown = new Map(visible(board))
        const follow = (keys: Iterable<string>) => {
          for (const key of keys) {
            const record = board.record(key)
            if (record) shown.set(key, record)
            else shown.delete(key)
          }
          expect(shown).toEqual(visible(board))
        }
        for (const [n, move] of pending.entries()) {
          const command = commandOf(move, 100 + n, desk.admin)
          follow(board.append(command, board.try(command)))
          server.elsewhere(command, desk.admin)
          if (n % 2 === 1) continue
          const image = server.images.get(`${command.record.kind}:${command.record.id}`)
          if (image) board.take(image)
          const keys = [...board.retire(new Set([command.id])), `${command.record.kind}:${command.record.id}`]
          follow(board.rebase(keys))
        }
        board.setQueue(desk.admin, [])
        follow(board.rebase('all'))
        expect([...board.records()].every((record) => record.pending === 0)).toBe(true)
      }),
      { numRuns: 300 }
    )
  })

  it('[SYNC-16] shows the desk without a command that a rule throws on, and keeps the command', () => {
    const server = new TinyDesk(desk, () => START)
    server.elsewhere(commandOf({ at: 0, on: 0, what: 0, mine: false }, 0, desk.engineer), desk.engineer)
    const faults: string[] = []
    const board = new Board((doing) => faults.push(doing))
    for (const image of server.images.values()) board.take(image)
    const broken = board.base.get(`case:${CASES[0]}`)
    if (broken?.kind !== 'case' || !broken.state) throw new Error('the case is missing')
    board.base.set(`case:${CASES[0]}`, { ...broken, state: { ...broken.state, marks: null } } as unknown as RecordImage)
    const update = commandOf({ at: 5, on: 0, what: 4, mine: true }, 100, desk.admin)
    board.setQueue(desk.admin, [update])
    board.rebase('all')
    expect(faults).toEqual([`replaying command ${update.id}`])
    expect(board.record(`case:${CaseId.parse(CASES[0])}`)).toMatchObject({ version: 1, pending: 1 })
    expect(board.queue).toEqual([update])
  })
})
