import { describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { CaseId } from '#shared/domain/identity.ts'
import type { CommandId } from '#shared/domain/identity.ts'
import { DAY } from '#shared/domain/instant.ts'
import { START, makeCommand, makeContext, makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, commandId, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

function restoredDesk() {
  const people = makeDesk()
  const clock = { wall: START }
  const rig = new Rig(
    people,
    serverOf(people, () => clock.wall),
    { clock }
  ).live()
  rig.submit('open', CASE, makeIntake(people))
  rig.poke(0)
  const restore = rig.desk.backup()
  const lost = [rig.submit('note', CASE, { text: 'one' }), rig.submit('updateCustomer', CASE, { text: 'two', via: 'email' })]
  rig.poke(1)
  return { people, rig, restore, lost }
}

describe('a desk that went back in time', () => {
  it('[SYNC-8] gets back what it forgot, once, under the old ids and sequences', () => {
    const { rig, restore, lost } = restoredDesk()
    restore()
    rig.cut()
    rig.advance(10_000)
    expect(rig.desk.log.map(({ entry }) => entry.commandId).slice(1)).toEqual(lost)
    expect(rig.state.connection).toMatchObject({ state: 'live', pending: 0 })
    expect(rig.window.records.get(`case:${CASE}`)).toMatchObject({ version: 3, pending: 0 })
  })

  it('[SYNC-8] does so after a restart of the console too', () => {
    const { rig, restore, lost } = restoredDesk()
    restore()
    const again = rig.restarted()
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.desk.log.map(({ entry }) => entry.commandId).slice(1)).toEqual(lost)
  })

  it('[SYNC-8] and after the database of the console was lost: the journal still has them', () => {
    const { rig, restore, lost } = restoredDesk()
    restore()
    rig.disk.vault.clear()
    rig.disk.replicas.clear()
    const again = rig.restarted()
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.desk.log.map(({ entry }) => entry.commandId).slice(1)).toEqual(lost)
  })

  it('[SYNC-8] numbers the run anew where it has a hole, so that the desk can go on', () => {
    const { people, rig, restore } = restoredDesk()
    const forget = rig.desk.backup()
    rig.submit('note', CASE, { text: 'three' })
    restore()
    forget()
    const consoleId = [...rig.desk.lastSequence.keys()][0] ?? ''
    rig.desk.lastSequence.set(consoleId, 1)
    rig.desk.answers.clear()
    const kept = rig.disk.copy()
    const second = [...kept.vault].find(([name, value]) => name.startsWith('command/') && value.includes('"sequence":2'))
    if (second) kept.vault.delete(second[0])
    kept.journal = []
    const again = new Rig(people, rig.desk, { disk: kept, wall: rig.wall })
    again.online = true
    again.boot()
    again.advance(30_000)
    expect(rig.desk.lastSequence.get(consoleId)).toBe(3)
    expect(again.state.connection).toMatchObject({ state: 'live', pending: 0 })
  })

  it('[SYNC-8] does not do again what its person has taken back after a refusal', () => {
    const { people, rig } = restoredDesk()
    const restore = rig.desk.backup()
    rig.online = false
    const claim = { queueId: people.queue.id, assigneeId: people.engineer.id, expectedAssigneeId: people.agent.id }
    const refused = rig.submit('assign', CASE, claim)
    const { images } = rig.desk
    const present = images.get(`case:${CASE}`)
    if (present?.kind !== 'case' || !present.state) throw new Error('the case is missing')
    images.set(`case:${CASE}`, { ...present, state: { ...present.state, assigneeId: people.lead.id } })
    rig.online = true
    rig.serve()
    expect(rig.state.attention).toHaveLength(1)
    rig.ask('discard', { commandId: refused as CommandId })
    restore()
    rig.cut()
    rig.advance(10_000)
    expect(rig.desk.answers.get(refused)).toMatchObject({ outcome: 'refused', refusal: { code: 'unknownCommand' } })
    expect(rig.state.attention).toHaveLength(0)
  })

  it('[SYNC-8] forgets answered commands after seven days, not before', () => {
    const { rig } = restoredDesk()
    const kept = () => [...rig.disk.vault.keys()].filter((name) => name.startsWith('command/')).length
    rig.advance(6 * DAY)
    expect(kept()).toBe(3)
    rig.advance(DAY + 120_000)
    expect(kept()).toBe(0)
  })

  it('[SYNC-10] does not leave a record behind that was read ahead of the log and then never was', () => {
    const { people, rig } = restoredDesk()
    const restore = rig.desk.backup()
    const found = uuid(777)
    const context = makeContext(people, { actor: people.engineer, commandId: commandId(50) })
    rig.desk.elsewhere(makeCommand('open', found, makeIntake(people, { number: caseNumberOf(77_777) }), context), people.engineer)
    rig.ask('search', { text: 'database', limit: 10 })
    expect(rig.window.records.has(`case:${found}`)).toBe(true)
    restore()
    rig.cut()
    rig.advance(20_000)
    expect(rig.state.connection).toMatchObject({ state: 'live', pending: 0 })
    expect(rig.window.records.has(`case:${found}`)).toBe(false)
  })

  it('[SYNC-10] goes on with such a record when the desk is still the same', () => {
    const { people, rig } = restoredDesk()
    const found = uuid(777)
    const context = makeContext(people, { actor: people.engineer, commandId: commandId(50) })
    rig.desk.elsewhere(makeCommand('open', found, makeIntake(people, { number: caseNumberOf(77_777) }), context), people.engineer)
    rig.ask('search', { text: 'database', limit: 10 })
    const loads = rig.effects.filter(({ type }) => type === 'startSnapshot').length
    rig.cut()
    rig.advance(20_000)
    expect(rig.window.records.get(`case:${found}`)).toMatchObject({ version: 1 })
    expect(rig.effects.filter(({ type }) => type === 'startSnapshot')).toHaveLength(loads)
  })
})
