import { describe, expect, it } from 'vitest'
import { CaseId } from '#shared/domain/identity.ts'
import { makeDesk, makeIntake, uuid } from '#test/make.ts'
import { backOff, reconnectWait } from '#renderer/sync/engine/back-off.ts'
import { Rig, seeded, serverOf } from './rig.ts'

const CASE = CaseId.parse(uuid(500))
const TEN_SECONDS = 10_000

function liveRig() {
  const people = makeDesk()
  const rig = new Rig(people, serverOf(people)).live()
  rig.advance(2_000)
  return { people, rig }
}

describe('links', () => {
  it('[SYNC-6] recovers within one time-out when the socket dies after a push was sent and before its answer', () => {
    const { rig, people } = liveRig()
    rig.online = false
    const id = rig.submit('open', CASE, makeIntake(people))
    const push = rig.requests.find(({ name }) => name === 'push')
    if (!push) throw new Error('nothing was pushed')
    rig.desk.push(push.body as never, people.agent)
    rig.requests = []
    rig.online = true
    rig.advance(TEN_SECONDS)
    expect(rig.window.confirmed.get(id)).toMatchObject({ outcome: 'accepted', revision: 1 })
    expect(rig.desk.log).toHaveLength(1)
  })

  it('[SYNC-6] does not hear what a dead socket still says', () => {
    const { rig, people } = liveRig()
    rig.online = false
    const id = rig.submit('open', CASE, makeIntake(people))
    const push = rig.requests.find(({ name }) => name === 'push')
    if (!push) throw new Error('nothing was pushed')
    rig.cut()
    rig.feed({
      type: 'replied',
      link: push.link,
      request: push.request,
      reply: {
        ok: true,
        value: { answers: [{ outcome: 'accepted', id, sequence: 1, revision: 7, number: null }], lastSequence: 1, expected: null }
      }
    })
    expect(rig.window.confirmed.size).toBe(0)
    expect(rig.state.connection).toMatchObject({ pending: 1 })
  })

  it('[SYNC-6] has one push and one pull on the way at a time', () => {
    const { rig, people } = liveRig()
    rig.online = false
    rig.submit('open', CASE, makeIntake(people))
    rig.submit('note', CASE, { text: 'one' })
    rig.submit('note', CASE, { text: 'two' })
    expect(rig.requests.filter(({ name }) => name === 'push')).toHaveLength(1)
  })

  it('pushes what gathered meanwhile in one run, in order', () => {
    const { rig, people } = liveRig()
    rig.online = false
    rig.submit('open', CASE, makeIntake(people))
    for (let n = 0; n < 5; n += 1) rig.submit('note', CASE, { text: `note ${n}` })
    rig.online = true
    rig.serve()
    const runs = rig
      .sent('push')
      .map((effect) => (effect.body as { commands: { sequence: number }[] }).commands.map(({ sequence }) => sequence))
    expect(runs).toEqual([[1], [2, 3, 4, 5, 6]])
  })

  it('opens no more than the next link, after a wait, when the last could not be had', () => {
    const { rig } = liveRig()
    rig.online = false
    rig.cut()
    const before = rig.effects.filter(({ type }) => type === 'openLink').length
    rig.advance(300_000)
    const tries = rig.effects.filter(({ type }) => type === 'openLink').length - before
    expect(tries).toBeGreaterThan(3)
    expect(tries).toBeLessThan(80)
    expect(rig.state.connection.state).toBe('offline')
  })

  it('waits anywhere between nothing and a bound that doubles up to a minute', () => {
    const random = seeded(5)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const waits = Array.from({ length: 200 }, () => backOff(attempt, random))
      const bound = Math.min(60_000, 1_000 * 2 ** attempt)
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...waits)).toBeLessThanOrEqual(bound)
      expect(Math.max(...waits)).toBeGreaterThan(bound * 0.9)
    }
  })

  it('[SYNC-6] waits no longer than fifteen seconds for a server that is away, so that a desk that is back has its people back', () => {
    const random = seeded(6)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const waits = Array.from({ length: 200 }, () => reconnectWait(attempt, random))
      expect(Math.max(...waits)).toBeLessThanOrEqual(Math.min(15_000, 1_000 * 2 ** attempt))
      expect(Math.max(...waits)).toBeGreaterThan(Math.min(15_000, 1_000 * 2 ** attempt) * 0.9)
    }
  })

  it('asks for a fresh token when the server does not take the one it has, and goes on', () => {
    const { rig } = liveRig()
    const { link } = rig
    rig.link = null
    rig.feed({ type: 'linkClosed', link: link ?? 0, reason: 'unauthenticated' })
    rig.advance(3_000)
    expect(rig.effects.some((effect) => effect.type === 'callHttp' && effect.path === '/session/refresh')).toBe(true)
    expect(rig.state.connection.state).toBe('live')
  })

  it('keeps the desk and the work on the screen when the session itself has ended', () => {
    const { rig, people } = liveRig()
    rig.online = false
    rig.submit('open', CASE, makeIntake(people))
    rig.cut()
    const call = rig.effects.findLast((effect) => effect.type === 'callHttp')
    expect(call).toBeDefined()
    rig.feed({ type: 'serverAddress', url: 'http://other.example' })
    rig.wall += 10_000_000
    rig.mono += 10_000_000
    rig.advance(100_000)
    const refresh = rig.effects.findLast((effect) => effect.type === 'callHttp' && effect.path === '/session/refresh')
    expect(refresh?.type === 'callHttp' && refresh.path).toBe('/session/refresh')
    expect(rig.window.records.get(`case:${CASE}`)).toMatchObject({ pending: 1 })
  })
})
