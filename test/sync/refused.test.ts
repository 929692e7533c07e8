import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import { makeContext, makeCommand, makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, commandId, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

/** Two people claim one case; the other one's claim reached the desk first. */
function overtaken() {
  const people = makeDesk()
  const rig = new Rig(people, serverOf(people)).live()
  rig.submit('open', CASE, makeIntake(people, { channel: 'portal', assigneeId: null, callbackNumber: null }))
  rig.poke(0)
  rig.online = false
  const claim = { queueId: people.queue.id, assigneeId: people.agent.id, expectedAssigneeId: null }
  const mine = rig.submit('assign', CASE, claim)
  const note = rig.submit('note', CASE, { text: 'I have looked at it' })
  const context = makeContext(people, { actor: people.engineer, commandId: commandId(1) })
  rig.desk.elsewhere(makeCommand('assign', CASE, { ...claim, assigneeId: people.engineer.id }, context), people.engineer)
  rig.online = true
  rig.serve()
  return { people, rig, mine, note, claim }
}

describe('refused commands', () => {
  it('[SYNC-7] wait for attention with everything that was typed and the reason', () => {
    const { rig, mine, claim } = overtaken()
    expect(rig.state.attention).toHaveLength(1)
    expect(rig.state.attention[0]).toMatchObject({
      command: { id: mine, type: 'assign', payload: claim },
      refusal: { code: 'alreadyAssigned' }
    })
    expect(rig.window.confirmed.get(mine)).toMatchObject({ outcome: 'refused' })
  })

  it('[SYNC-7] hold up nobody behind them', () => {
    const { rig, note } = overtaken()
    expect(rig.window.confirmed.get(note)).toMatchObject({ outcome: 'accepted' })
    expect(rig.state.connection).toMatchObject({ pending: 0 })
  })

  it('[SYNC-7] leave the screen: what others did stands', () => {
    const { rig, people } = overtaken()
    rig.poke(1)
    expect(rig.window.records.get(`case:${CASE}`)).toMatchObject({ state: { assigneeId: people.engineer.id } })
  })

  it('[SYNC-7] are still there after a restart', () => {
    const { rig, mine } = overtaken()
    const again = rig.restarted().boot()
    expect(again.state.attention.map(({ command }) => command.id)).toEqual([mine])
  })

  it('[SYNC-7] can be applied again, decided on the desk as it is now', () => {
    const { rig, people, mine } = overtaken()
    rig.poke(1)
    const refusedAgain = rig.ask('applyAgain', { commandId: mine as CommandId, newId: commandId(2) })
    expect(rig.answerTo('applyAgain', refusedAgain)).toMatchObject({ accepted: false, refusal: { code: 'alreadyAssigned' } })
    expect(rig.state.attention).toHaveLength(1)
    rig.submit('assign', CASE, { queueId: people.queue.id, assigneeId: null, expectedAssigneeId: people.engineer.id })
    const applied = rig.ask('applyAgain', { commandId: mine as CommandId, newId: commandId(3) })
    expect(rig.answerTo('applyAgain', applied)).toMatchObject({ accepted: true })
    expect(rig.state.attention).toHaveLength(0)
    expect(rig.restarted().boot().state.attention).toHaveLength(0)
  })

  it('[SYNC-7] can be let go, and do not come back with a lost database either', () => {
    const { rig, mine } = overtaken()
    rig.ask('discard', { commandId: mine as CommandId })
    expect(rig.state.attention).toHaveLength(0)
    rig.disk.vault.clear()
    const again = rig.restarted()
    again.online = true
    again.boot()
    again.advance(5_000)
    expect(again.state.attention).toHaveLength(0)
    expect(again.state.connection).toMatchObject({ state: 'live', pending: 0 })
  })

  it('[SYNC-16] set a command aside that the server cannot read, and go on with the rest', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.online = false
    rig.cut()
    rig.submit('open', CASE, makeIntake(people))
    const ids = Array.from({ length: 5 }, (_, n) => {
      const payload = n === 2 ? { text: 'poison', poison: true } : { text: `note ${n}` }
      return rig.submit('note', CASE, payload as never)
    })
    rig.online = true
    rig.advance(120_000)
    expect(rig.desk.log).toHaveLength(5)
    expect(rig.state.connection).toMatchObject({ state: 'live', pending: 0 })
    expect(rig.state.attention.map(({ command }) => command.id)).toEqual([ids[2]])
    expect(rig.state.attention[0]?.command.payload).toMatchObject({ text: 'poison' })
  })
})
