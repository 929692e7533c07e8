import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import { makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

function liveRig() {
  const people = makeDesk()
  return { people, rig: new Rig(people, serverOf(people)).live() }
}

describe('from a key press to the server', () => {
  it('[SYNC-2] shows an accepted command at once, marked as pending', () => {
    const { rig, people } = liveRig()
    rig.diskWorks = false
    rig.submit('open', CASE, makeIntake(people))
    expect(rig.window.records.get(`case:${CASE}`)).toMatchObject({ pending: 1, state: { status: 'inProgress' } })
  })

  it('leaves nothing behind when the desk refuses it here', () => {
    const { rig } = liveRig()
    const before = rig.disk.copy()
    expect(rig.submit('note', CASE, { text: 'no such case' })).toBe('recordNotFound')
    expect(rig.disk.vault).toEqual(before.vault)
    expect(rig.disk.journal).toEqual(before.journal)
  })

  it('[SYNC-3] says saved only when vault and journal both have it', () => {
    const { rig, people } = liveRig()
    rig.diskWorks = false
    const id = rig.submit('open', CASE, makeIntake(people))
    const [vault, journal] = rig.writes
    expect([vault?.type, journal?.type]).toEqual(['store', 'journal'])
    rig.writes = vault ? [vault] : []
    rig.writeAll()
    expect(rig.window.saved.has(id)).toBe(false)
    rig.writes = journal ? [journal] : []
    rig.writeAll()
    expect(rig.window.saved.has(id)).toBe(true)
  })

  it('[SYNC-4] pushes nothing that neither vault nor journal holds', () => {
    const { rig, people } = liveRig()
    rig.diskWorks = false
    rig.submit('open', CASE, makeIntake(people))
    rig.advance(5_000)
    expect(rig.pushed()).toEqual([])
    rig.writeAll()
    expect(rig.pushed()).toHaveLength(1)
  })

  it('[SYNC-4] pushes what one of the two holds, without waiting for the other', () => {
    const { rig, people } = liveRig()
    rig.journalWorks = false
    const id = rig.submit('open', CASE, makeIntake(people))
    expect(rig.pushed().map((command) => command.id)).toEqual([id])
    expect(rig.window.saved.has(id)).toBe(false)
    expect(rig.state.storage?.problem).toBe('journalUnwritable')
  })

  it('appends to the journal what it missed as soon as it can, and then says saved', () => {
    const { rig, people } = liveRig()
    rig.journalWorks = false
    rig.online = false
    rig.cut()
    const id = rig.submit('open', CASE, makeIntake(people))
    rig.journalWorks = true
    rig.advance(4_000)
    expect(rig.disk.journal.some(({ body }) => body.includes(id))).toBe(true)
    expect(rig.window.saved.has(id)).toBe(true)
    expect(rig.state.storage).toBeNull()
  })

  it('[SYNC-17] tries a full disk again, says so meanwhile, and tells nobody saved', () => {
    const { rig, people } = liveRig()
    rig.problem = 'full'
    const id = rig.submit('open', CASE, makeIntake(people))
    const number = rig.ask('takeNumber', {})
    expect(rig.state.storage?.problem).toBe('full')
    expect(rig.window.saved.has(id)).toBe(false)
    expect(rig.answerTo('takeNumber', number)).toBeUndefined()
    rig.problem = null
    rig.advance(4_000)
    expect(rig.window.saved.has(id)).toBe(true)
    expect(rig.answerTo('takeNumber', number)).toMatchObject({ provisional: false })
    expect(rig.state.storage).toBeNull()
  })

  it('[SYNC-17] fills a vault anew that the browser threw away while it was running', () => {
    const { rig, people } = liveRig()
    rig.submit('open', CASE, makeIntake(people))
    rig.ask('saveDraft', { draft: { id: 'd1', kind: 'intake', caseId: null, body: { subject: 'half' }, changedAt: 1 } })
    rig.disk.vault.clear()
    rig.problem = 'lost'
    rig.submit('note', CASE, { text: 'while the store is away' })
    rig.problem = null
    rig.advance(4_000)
    const again = rig.restarted().boot()
    expect(again.state.me?.id).toBe(people.agent.id)
    expect(again.window.records.get(`case:${CASE}`)?.version).toBe(2)
    const drafts = again.ask('drafts', {})
    expect(again.answerTo('drafts', drafts)).toMatchObject([{ id: 'd1' }])
  })

  it('[SYNC-17] leaves the last of the room to what must not be lost, and writes the base anew when there is more', () => {
    const { rig, people } = liveRig()
    rig.feed({ type: 'roomMeasured', bytes: 400_000_000 })
    expect(rig.state.storage?.problem).toBe('full')
    const id = rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    expect(rig.window.saved.has(id)).toBe(true)
    expect([...rig.disk.replica(1).keys()].some((name) => name.startsWith('tail/'))).toBe(false)
    rig.advance(120_000)
    expect([...rig.disk.replicas.keys()]).toEqual([1])
    rig.feed({ type: 'roomMeasured', bytes: 900_000_000 })
    rig.advance(120_000)
    expect(rig.state.storage).toBeNull()
    expect([...rig.disk.replicas.keys()]).toEqual([2])
    expect(rig.restarted().boot().window.records.get(`case:${CASE}`)).toMatchObject({ version: 1, pending: 0 })
  })
})
