import { describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { CaseId } from '#shared/domain/identity.ts'
import { consoleIdFor } from '#renderer/sync/engine/console-id.ts'
import { makeDesk, makeIntake, uuid } from '#test/make.ts'
import { Rig, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))

/** The agent worked offline and signed out; the lead signs in on the same computer. */
function handedOver() {
  const people = makeDesk()
  const rig = new Rig(people, serverOf(people)).live()
  rig.online = false
  rig.cut()
  rig.submit('open', CASE, makeIntake(people))
  rig.submit('note', CASE, { text: 'still to be sent' })
  rig.ask('saveDraft', { draft: { id: 'd1', kind: 'composer', caseId: CASE, body: { text: 'half a sen' }, changedAt: 1 } })
  rig.ask('signOut', {})
  rig.online = true
  rig.signIn(people.lead)
  return { people, rig }
}

describe('several people on one computer', () => {
  it('[SYNC-12] hides the desk at sign-out and keeps the outbox', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.online = false
    rig.cut()
    rig.submit('open', CASE, makeIntake(people))
    rig.ask('signOut', {})
    expect(rig.window.records.size).toBe(0)
    expect(rig.state.me).toBeNull()
    expect([...rig.disk.vault.keys()].filter((name) => name.startsWith('command/'))).toHaveLength(1)
  })

  it('[SYNC-12] counts what waits for its owner and shows none of it', () => {
    const { people, rig } = handedOver()
    expect(rig.state.connection).toMatchObject({ state: 'live', pending: 0 })
    expect(rig.state.waitingForOthers).toMatchObject([{ actorId: people.agent.id, name: people.agent.name, commands: 2 }])
    expect(rig.window.records.has(`case:${CASE}`)).toBe(false)
    expect(rig.pushed()).toEqual([])
  })

  it('[SYNC-12] is not held up by it', () => {
    const { people, rig } = handedOver()
    const id = rig.submit('open', uuid(501), makeIntake(people, { number: caseNumberOf(10_430), assigneeId: people.lead.id }))
    expect(rig.window.confirmed.get(id)).toMatchObject({ outcome: 'accepted' })
  })

  it('[SYNC-12] sends it when its owner is back, also after restarts', () => {
    const { people, rig } = handedOver()
    const again = rig.restarted()
    again.online = true
    again.boot()
    again.ask('signOut', {})
    again.signIn(people.agent)
    again.poke(0)
    expect(again.desk.log).toHaveLength(2)
    expect(again.window.records.get(`case:${CASE}`)).toMatchObject({ version: 2, pending: 0 })
    expect(again.state.waitingForOthers).toEqual([])
  })

  it('[SYNC-15] shows a draft to its author only', () => {
    const { people, rig } = handedOver()
    expect(rig.answerTo('drafts', rig.ask('drafts', {}))).toEqual([])
    rig.ask('signOut', {})
    rig.signIn(people.agent)
    expect(rig.answerTo('drafts', rig.ask('drafts', {}))).toMatchObject([{ id: 'd1', body: { text: 'half a sen' } }])
  })

  it('makes the same console of the same person, desk and computer, and another of any other', () => {
    const ids = [
      consoleIdFor(uuid(1), uuid(2), 'desk-1'),
      consoleIdFor(uuid(1), uuid(3), 'desk-1'),
      consoleIdFor(uuid(4), uuid(2), 'desk-1'),
      consoleIdFor(uuid(1), uuid(2), 'desk-2')
    ]
    expect(new Set(ids).size).toBe(ids.length)
    expect(consoleIdFor(uuid(1), uuid(2), 'desk-1')).toBe(ids[0])
  })

  it('[SYNC-13] takes cases off the screen and off the disk that a narrower scope no longer shows', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live(people.engineer)
    rig.submit('open', CASE, makeIntake(people, { queueId: people.security.id, assigneeId: people.engineer.id }))
    rig.poke(0)
    expect(rig.window.records.has(`case:${CASE}`)).toBe(true)
    rig.me = { ...people.engineer, queueIds: [people.queue.id] }
    const { images } = rig.desk
    images.delete(`case:${CASE}`)
    rig.cut()
    rig.advance(10_000)
    expect(rig.window.records.has(`case:${CASE}`)).toBe(false)
    expect(
      [...rig.disk.replicas.values()].some((rows) => [...rows].some(([name, value]) => name.startsWith('chunk/') && value.includes(CASE)))
    ).toBe(false)
    expect(rig.disk.replicas.size).toBe(1)
  })

  it('[SYNC-13] takes a case that left the scope off the disk at once, its history too', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.submit('open', CASE, makeIntake(people))
    rig.poke(0)
    rig.cut()
    rig.advance(10_000)
    const gone = { revision: 2, kind: 'case' as const, id: CASE, version: 2, gone: true as const }
    const page = { after: { epoch: 1, revision: 1 }, to: { epoch: 1, revision: 2 }, head: 2, entries: [gone], images: [] }
    rig.feed({ type: 'heard', link: rig.link ?? 0, event: 'poke', body: { head: { epoch: 1, revision: 2 }, page } })
    expect(rig.window.records.has(`case:${CASE}`)).toBe(false)
    const rows = [...rig.disk.replicas.values()].flatMap((replica) => [...replica])
    expect(rows.filter(([name, value]) => name.includes(CASE) || value.includes(CASE))).toEqual([])
  })

  it('[SYNC-15] keeps each person’s draft of the same thing', () => {
    const { people, rig } = handedOver()
    rig.ask('saveDraft', { draft: { id: 'd1', kind: 'composer', caseId: CASE, body: { text: 'the lead’s own' }, changedAt: 2 } })
    rig.advance(5_000)
    rig.ask('dropDraft', { id: 'd1' })
    expect(rig.answerTo('drafts', rig.ask('drafts', {}))).toEqual([])
    const wiped = rig.restarted()
    wiped.disk.vault.clear()
    for (const again of [rig.restarted(), wiped]) {
      again.online = true
      again.boot()
      again.ask('signOut', {})
      again.signIn(people.agent)
      expect(again.answerTo('drafts', again.ask('drafts', {}))).toMatchObject([{ id: 'd1', body: { text: 'half a sen' } }])
    }
  })

  it('[SYNC-12] takes no session from a renewal that somebody else asked for', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.unanswered = '/session/refresh'
    const { link } = rig
    rig.link = null
    rig.feed({ type: 'linkClosed', link: link ?? 0, reason: 'unauthenticated' })
    rig.advance(3_000)
    const renewal = rig.effects.findLast((effect) => effect.type === 'callHttp' && effect.path === '/session/refresh')
    rig.ask('signOut', {})
    rig.signIn(people.lead)
    const session = {
      accessToken: 'of the agent',
      accessExpiresAt: rig.wall + 900_000,
      refreshToken: 'refresh-refresh-refresh-refresh',
      refreshExpiresAt: rig.wall + 86_400_000,
      me: people.agent
    }
    expect(renewal).toBeDefined()
    rig.feed({ type: 'httpReplied', call: renewal?.type === 'callHttp' ? renewal.call : 0, status: 200, body: session })
    expect(rig.engine.watched.credentials?.me.id).toBe(people.lead.id)
    expect(rig.state).toMatchObject({ me: { id: people.lead.id }, connection: { state: 'live' } })
  })

  it('[SYNC-12] works for nobody but the person who signed in, whoever the server takes the token for', () => {
    const people = makeDesk()
    const rig = new Rig(people, serverOf(people)).live()
    rig.me = people.lead
    rig.cut()
    rig.advance(5_000)
    expect(rig.state.me).toBeNull()
  })
})
