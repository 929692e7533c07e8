import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import { coveredUpTo, readStretches, stretchKey } from '#renderer/sync/engine/stretch.ts'
import { makeContext, makeCommand, makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, commandId, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

function withHistory() {
  const people = makeDesk()
  const desk = serverOf(people)
  const by = (n: number) => makeContext(people, { actor: people.engineer, commandId: commandId(n) })
  desk.elsewhere(makeCommand('open', CASE, makeIntake(people), by(1)), people.engineer)
  desk.elsewhere(makeCommand('note', CASE, { text: 'one' }, by(2)), people.engineer)
  const rig = new Rig(people, desk).live()
  const lines = () => rig.window.timelines.get(CASE)?.lines.map(({ fact, standing }) => `${fact.type} ${standing}`) ?? []
  return {
    people,
    rig,
    desk,
    lines,
    note: (n: number) => desk.elsewhere(makeCommand('note', CASE, { text: `${n}` }, by(n)), people.engineer)
  }
}

describe('timelines', () => {
  it('come from the server when somebody looks, then grow with every page', () => {
    const { rig, lines, note } = withHistory()
    rig.ask('watchTimeline', { caseId: CASE })
    expect(rig.window.timelines.get(CASE)?.state).toBe('complete')
    expect(lines()).toEqual(['caseOpened confirmed', 'caseAcknowledged confirmed', 'noteAdded confirmed'])
    note(3)
    rig.poke()
    expect(lines()).toHaveLength(4)
  })

  it('show own lines where they stand: deciding, saved, confirmed', () => {
    const { rig, lines } = withHistory()
    rig.ask('watchTimeline', { caseId: CASE })
    rig.online = false
    rig.diskWorks = false
    rig.submit('updateCustomer', CASE, { text: 'We are on it', via: 'phone' })
    expect(lines().at(-1)).toBe('customerUpdated deciding')
    rig.writeAll()
    rig.diskWorks = true
    expect(lines().at(-1)).toBe('customerUpdated saved')
    rig.online = true
    rig.serve()
    rig.poke()
    expect(lines().at(-1)).toBe('customerUpdated confirmed')
    expect(lines()).toHaveLength(4)
  })

  it('of open cases are read ahead, so that they are there without a connection after a restart', () => {
    const { rig, note } = withHistory()
    rig.advance(10_000)
    note(3)
    rig.poke()
    const again = rig.restarted().boot()
    again.ask('watchTimeline', { caseId: CASE })
    expect(again.window.timelines.get(CASE)).toMatchObject({ state: 'complete' })
    expect(again.window.timelines.get(CASE)?.lines).toHaveLength(4)
  })

  it('say that they are partial when there is no connection to ask for the rest', () => {
    const people = makeDesk()
    const desk = serverOf(people)
    const context = makeContext(people, { actor: people.engineer, commandId: commandId(1) })
    desk.elsewhere(makeCommand('open', CASE, makeIntake(people), context), people.engineer)
    const rig = new Rig(people, desk).live()
    rig.online = false
    rig.cut()
    rig.ask('watchTimeline', { caseId: CASE })
    expect(rig.window.timelines.get(CASE)).toMatchObject({ state: 'partial', lines: [] })
    rig.online = true
    rig.advance(10_000)
    expect(rig.window.timelines.get(CASE)).toMatchObject({ state: 'complete' })
  })

  it('are told only to windows that watch them', () => {
    const { rig, note } = withHistory()
    const other = rig.openWindow(2)
    rig.ask('watchTimeline', { caseId: CASE })
    expect(other.timelines.size).toBe(0)
    rig.ask('unwatchTimeline', { caseId: CASE })
    const before = rig.window.timelines.get(CASE)
    note(3)
    rig.poke()
    expect(rig.window.timelines.get(CASE)).toBe(before)
  })
})

describe('stretches of a history', () => {
  it('are covered as far as they follow on from the first version', () => {
    expect(coveredUpTo([])).toBe(0)
    expect(coveredUpTo([{ from: 2, upTo: 9 }])).toBe(0)
    expect(
      coveredUpTo([
        { from: 4, upTo: 6 },
        { from: 1, upTo: 3 }
      ])
    ).toBe(6)
    expect(
      coveredUpTo([
        { from: 1, upTo: 5 },
        { from: 3, upTo: 4 },
        { from: 7, upTo: 8 }
      ])
    ).toBe(5)
  })

  it('are read back from their keys', () => {
    const stretches = [
      { from: 1, upTo: 12 },
      { from: 13, upTo: 13 }
    ]
    expect(readStretches(stretches.map((stretch) => stretchKey(CASE, stretch)))).toEqual(new Map([[CASE, stretches]]))
  })
})
