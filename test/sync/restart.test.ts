import { describe, expect, it } from 'vitest'
import { CaseId, CommandId } from '#shared/domain/identity.ts'
import { makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, TestDisk, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

function offlineWork() {
  const people = makeDesk()
  const rig = new Rig(people, serverOf(people)).live()
  rig.online = false
  rig.cut()
  const ids = [
    rig.submit('open', CASE, makeIntake(people)),
    rig.submit('note', CASE, { text: 'one' }),
    rig.submit('note', CASE, { text: 'two' })
  ]
  return { people, rig, ids }
}

describe('a start', () => {
  it('shows the desk and the unsent work without a server, as the person who worked here last', () => {
    const { people, rig } = offlineWork()
    const again = rig.restarted().boot()
    expect(again.state.me?.id).toBe(people.agent.id)
    expect(again.window.complete).toBe(true)
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 3, pending: 3 })
    expect(again.window.records.get(`customer:${people.customer.id}`)).toBeDefined()
  })

  it('[SYNC-3] takes unsent work from the journal when the browser threw its store away, and says so', () => {
    const { rig, ids } = offlineWork()
    const disk = rig.disk.copy()
    disk.vault.clear()
    disk.replicas.clear()
    const again = new Rig(rig.people, rig.desk, { disk })
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.desk.log.map(({ entry }) => entry.commandId)).toEqual(ids)
    expect(again.state.storage?.problem).toBe('evicted')
    expect(again.state.connection).toMatchObject({ state: 'live', pending: 0 })
  })

  it('[SYNC-3] takes it from the vault when the journal was lost, and writes the journal anew', () => {
    const { rig, ids } = offlineWork()
    const disk = rig.disk.copy()
    disk.journal = []
    const again = new Rig(rig.people, rig.desk, { disk }).boot()
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 3 })
    expect(ids.every((id) => again.disk.journal.some(({ body }) => body.includes(id)))).toBe(true)
  })

  it('[SYNC-3] merges the two when each has what the other lacks', () => {
    const { rig, ids } = offlineWork()
    const disk = rig.disk.copy()
    disk.journal = disk.journal.filter(({ body }) => !body.includes(ids[2] ?? ''))
    const first = [...disk.vault.keys()].find((name) => name.startsWith('command/'))
    if (first) disk.vault.delete(first)
    const again = new Rig(rig.people, rig.desk, { disk })
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.desk.log.map(({ entry }) => entry.commandId)).toEqual(ids)
  })

  it('[SYNC-15] has the drafts back from the journal when the whole store is gone', () => {
    const { rig } = offlineWork()
    rig.ask('saveDraft', { draft: { id: 'd1', kind: 'intake', caseId: null, body: { subject: 'half' }, changedAt: 5 } })
    rig.ask('saveDraft', { draft: { id: 'd2', kind: 'intake', caseId: null, body: { subject: 'gone' }, changedAt: 6 } })
    rig.advance(3_000)
    rig.ask('dropDraft', { id: 'd2' })
    const disk = rig.disk.copy()
    disk.vault.clear()
    const again = new Rig(rig.people, rig.desk, { disk, wall: rig.wall }).boot()
    expect(again.answerTo('drafts', again.ask('drafts', {}))).toMatchObject([{ id: 'd1', body: { subject: 'half' } }])
  })

  it('[SYNC-10] loads a damaged copy anew, shows the rest meanwhile and keeps the outbox', () => {
    const { rig } = offlineWork()
    const disk = rig.disk.copy()
    const replica = disk.replica(1)
    const chunk = [...replica.keys()].find((name) => name.startsWith('chunk/'))
    if (chunk) replica.set(chunk, 'damaged')
    const again = new Rig(rig.people, rig.desk, { disk })
    again.boot()
    expect(again.state.storage?.problem).toBe('corruptChunk')
    again.online = true
    again.advance(60_000)
    expect(again.state.connection).toMatchObject({ state: 'live', pending: 0 })
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 3 })
    expect([...again.disk.replicas.keys()]).toEqual([2])
  })

  it('[SYNC-10] notices a chunk that is missing', () => {
    const { rig } = offlineWork()
    const disk = rig.disk.copy()
    const replica = disk.replica(1)
    for (const name of replica.keys()) if (name.startsWith('chunk/')) replica.delete(name)
    const again = new Rig(rig.people, rig.desk, { disk })
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.window.records.size).toBeGreaterThan(5)
    expect(again.state.connection.state).toBe('live')
  })

  it('[SYNC-10] replaces a copy of another record schema and keeps the outbox', () => {
    const { rig } = offlineWork()
    const disk = rig.disk.copy()
    const identity = JSON.parse(disk.vault.get('identity/current') ?? '{}') as Record<string, unknown>
    disk.vault.set('identity/current', JSON.stringify({ ...identity, replicaSchema: 0 }))
    const again = new Rig(rig.people, rig.desk, { disk })
    again.online = true
    again.boot()
    again.advance(10_000)
    expect(again.desk.log).toHaveLength(3)
    expect(again.window.complete).toBe(true)
  })

  it('[SYNC-16] leaves rows it cannot read where they are, says so, and goes on with the rest', () => {
    const { rig } = offlineWork()
    const disk = rig.disk.copy()
    disk.vault.set('command/000000000099', JSON.stringify({ ordinal: 99, shape: 'of a later build' }))
    const again = new Rig(rig.people, rig.desk, { disk }).boot()
    expect(again.state.storage?.problem).toBe('locked')
    expect(again.disk.vault.has('command/000000000099')).toBe(true)
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 3 })
  })

  it('decides a command given while the desk is still read only once all of it is there', () => {
    const { people, rig } = offlineWork()
    const again = rig.restarted()
    again.holdReplica = true
    again.boot()
    const ask = again.ask('submit', {
      commandId: CommandId.parse(uuid(901)),
      commandType: 'note',
      recordId: CASE,
      payload: { text: 'early' }
    })
    expect(again.answerTo('submit', ask)).toBeUndefined()
    again.releaseReplica()
    expect(again.answerTo('submit', ask)).toMatchObject({ accepted: true })
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 4, pending: 4 })
    expect(again.state.me?.id).toBe(people.agent.id)
  })

  it('stays signed out when the keyring was not told before a crash', () => {
    const { rig } = offlineWork()
    const { credentials } = rig.disk
    rig.ask('signOut', {})
    const disk = rig.disk.copy()
    disk.credentials = credentials
    const again = new Rig(rig.people, rig.desk, { disk }).boot()
    expect(again.state.me).toBeNull()
    expect(again.window.records.size).toBe(0)
    expect(again.disk.credentials).toBeNull()
  })

  it('knows nobody on an empty disk', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people), { disk: new TestDisk() }).boot()
    expect(rig.state).toMatchObject({ me: null, connection: { state: 'signedOut', problem: null } })
  })
})

describe('the journal', () => {
  it('is cut in front of what is still kept, and only there', () => {
    const people = makeDesk()
    const clock = { wall: 1_772_442_000_000 }
    const rig = new Rig(
      people,
      serverOf(people, () => clock.wall),
      { clock }
    ).live()
    rig.submit('open', CASE, makeIntake(people))
    for (let n = 0; n < 250; n += 1) rig.submit('note', CASE, { text: `note ${n}` })
    rig.advance(6 * 86_400_000)
    expect(rig.disk.journal.length).toBeGreaterThanOrEqual(251)
    const late = rig.submit('note', CASE, { text: 'late' })
    rig.advance(86_400_000 + 3_600_000)
    expect(rig.disk.journal.map(({ body }) => body.includes(late))).toEqual([true])
  })
})
