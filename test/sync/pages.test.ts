import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import type { BoardRecord } from '#renderer/sync/engine-api.ts'
import type { SendEffect } from '#renderer/sync/engine/effect.ts'
import { makeContext, makeCommand, makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, commandId, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

function liveRig() {
  const people = makeDesk()
  const rig = new Rig(people, serverOf(people)).live()
  return { people, rig, caseShown: () => rig.window.records.get(`case:${CASE}`) }
}

/** Somebody else adds a note, so that the log has one more revision. */
function noteElsewhere(rig: Rig, n: number) {
  const { people } = rig
  const context = makeContext(people, { actor: people.engineer, commandId: commandId(n) })
  return rig.desk.elsewhere(makeCommand('note', CASE, { text: `elsewhere ${n}` }, context), people.engineer)
}

function waitingRequest(rig: Rig, name: SendEffect['name']): SendEffect {
  const found = rig.requests.find((request) => request.name === name)
  if (!found) throw new Error(`no ${name} waits at the server`)
  rig.requests = rig.requests.filter((request) => request !== found)
  return found
}

/** How many updates to the customer a case is shown with. */
function updates(record: BoardRecord | undefined): number {
  return record?.kind === 'case' ? (record.state?.marks.filter(({ m }) => m === 'updated').length ?? 0) : -1
}

describe('own work between answer and page', () => {
  it('[SYNC-5] keeps an accepted command on the screen until the base holds its revision', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    expect(rig.desk.log).toHaveLength(1)
    expect(caseShown()).toMatchObject({ version: 1, pending: 1 })
    rig.poke(0)
    expect(caseShown()).toMatchObject({ version: 1, pending: 0 })
  })

  it('[SYNC-5] does not show it twice when the page comes before the answer', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    rig.online = false
    rig.submit('updateCustomer', CASE, { text: 'We are on it', via: 'phone' })
    const push = waitingRequest(rig, 'push')
    rig.desk.push(push.body as never, people.agent)
    rig.poke(1)
    expect(updates(caseShown())).toBe(1)
    expect(caseShown()).toMatchObject({ version: 2, pending: 0 })
    expect(rig.state.connection).toMatchObject({ pending: 1 })
    rig.answer(push)
    expect(rig.state.connection).toMatchObject({ pending: 0 })
    expect(updates(caseShown())).toBe(1)
  })

  it('[SYNC-5] still does not after a restart between page and answer', () => {
    const { rig, people } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    rig.online = false
    rig.submit('updateCustomer', CASE, { text: 'We are on it', via: 'phone' })
    rig.desk.push(waitingRequest(rig, 'push').body as never, people.agent)
    rig.poke(1)
    const again = rig.restarted().boot()
    expect(updates(again.window.records.get(`case:${CASE}`))).toBe(1)
  })

  it('[SYNC-5] shows an accepted command after a restart although the page never came', () => {
    const { rig, people } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    const again = rig.restarted().boot()
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 1, pending: 1 })
  })
})

describe('pages', () => {
  it('[SYNC-5] asks for what is missing when a poke does not join on to the cursor', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    noteElsewhere(rig, 1)
    noteElsewhere(rig, 2)
    const before = rig.sent('changes').length
    rig.poke(2)
    expect(rig.sent('changes')).toHaveLength(before + 1)
    expect(caseShown()).toMatchObject({ version: 3 })
  })

  it('[SYNC-5] takes a page twice without changing anything twice', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    noteElsewhere(rig, 1)
    rig.poke(1)
    const shown = caseShown()
    rig.poke(0)
    rig.poke(1)
    expect(caseShown()).toEqual(shown)
  })

  it('does not take a page with a hole in its revisions', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    noteElsewhere(rig, 1)
    noteElsewhere(rig, 2)
    const page = rig.desk.page({ epoch: 1, revision: 1 })
    const holed = { ...page, entries: page.entries.slice(1) }
    rig.online = false
    rig.feed({ type: 'heard', link: rig.link ?? 0, event: 'poke', body: { head: rig.desk.head, page: holed } })
    expect(caseShown()).toMatchObject({ version: 1 })
    expect(rig.requests.map(({ name }) => name)).toContain('changes')
  })

  it('[SYNC-2] shows pending work on top of what others did meanwhile', () => {
    const { rig, people, caseShown } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    rig.online = false
    rig.submit('raiseSeverity', CASE, { to: 1, reason: 'everything is down' })
    noteElsewhere(rig, 1)
    rig.poke(1)
    expect(caseShown()).toMatchObject({ version: 3, pending: 1, state: { severity: 1 } })
  })

  it('[SYNC-10] starts from rows and cursor of the same page, whichever write was the last to reach the disk', () => {
    const { rig, people } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    for (let n = 1; n <= 3; n += 1) noteElsewhere(rig, n)
    rig.diskWorks = false
    for (const revision of [1, 2, 3]) {
      const page = rig.desk.page({ epoch: 1, revision }, revision + 1)
      rig.feed({ type: 'heard', link: rig.link ?? 0, event: 'poke', body: { head: rig.desk.head, page } })
    }
    const writes = rig.writes
    for (let reached = 0; reached <= writes.length; reached += 1) {
      const disk = rig.disk.copy()
      for (const write of writes.slice(0, reached)) if (write.type === 'store') disk.write(write)
      const again = new Rig(people, rig.desk, { disk }).boot()
      const cursor = JSON.parse(disk.replica(1).get('meta/cursor') ?? '{}') as { cursor: { revision: number } }
      expect(again.window.records.get(`case:${CASE}`)?.version).toBe(cursor.cursor.revision)
    }
  })
})
