import { describe, expect, it } from 'vitest'
import type { CommandId } from '#shared/domain/identity.ts'
import type { BoardChange } from '#renderer/sync/engine-api.ts'
import { ClockBridge } from '#renderer/sync/window/clock-bridge.ts'
import { DraftSaver } from '#renderer/sync/window/draft-saver.ts'
import { WindowClient } from '#renderer/sync/window/client.ts'
import type { Port, ToEngine, ToWindow } from '#renderer/sync/window/messages.ts'
import { WindowDesk } from '#renderer/sync/window/window-desk.ts'
import { uuid } from '#test/make.ts'
import { seeded } from './rig.ts'

/** The engine's end of a port, as a test plays it. */
class EngineEnd {
  readonly heard: ToEngine[] = []
  #listener: ((message: ToWindow) => void) | null = null
  readonly port: Port<ToWindow, ToEngine> = {
    post: (message) => this.heard.push(message),
    onMessage: (listener) => {
      this.#listener = listener
    }
  }

  say(message: ToWindow): void {
    this.#listener?.(message)
  }

  asks(name: string): Extract<ToEngine, { type: 'ask' }>[] {
    return this.heard.filter(
      (message): message is Extract<ToEngine, { type: 'ask' }> => message.type === 'ask' && message.question.name === name
    )
  }
}

function makeClient(relay: (channel: string) => Promise<unknown> = () => Promise.reject(new Error('no desk'))) {
  const client = new WindowClient({
    mono: () => performance.now(),
    random: seeded(3),
    relay,
    engineAlive: () => undefined,
    superseded: () => undefined
  })
  const engine = new EngineEnd()
  client.connect(engine.port)
  return { client, engine }
}

const note = { text: 'hello' }
const settled = async (promise: Promise<unknown>) => Promise.race([promise.then(() => true), Promise.resolve(false)])

describe('the client of a window', () => {
  it('asks every open question again of the engine after the one that died', async () => {
    const { client, engine } = makeClient()
    const search = client.api.searchServer('printer', 10)
    const next = new EngineEnd()
    client.connect(next.port)
    const [asked] = next.asks('search')
    expect(asked?.ask).toBe(engine.asks('search')[0]?.ask)
    next.say({ type: 'answer', ask: asked?.ask ?? 0, answer: { cases: [], more: false } })
    expect(await search).toEqual({ cases: [], more: false })
  })

  it('gives a command again under its own id when the engine died before it was saved', async () => {
    const { client, engine } = makeClient()
    const submitting = client.api.submit('note', uuid(1), note)
    const first = engine.asks('submit')[0]
    const commandId = first?.question.name === 'submit' ? first.question.body.commandId : ('' as CommandId)
    engine.say({ type: 'answer', ask: first?.ask ?? 0, answer: { accepted: true, commandId, record: { kind: 'case', id: uuid(1) } } })
    const submitted = await submitting
    const next = new EngineEnd()
    client.connect(next.port)
    const standing = next.asks('standing')[0]
    next.say({ type: 'answer', ask: standing?.ask ?? 0, answer: [{ commandId, known: false, saved: false, answer: null }] })
    await Promise.resolve()
    await Promise.resolve()
    const again = next.asks('submit')[0]
    expect(again?.question.name === 'submit' && again.question.body.commandId).toBe(commandId)
    if (!submitted.accepted) throw new Error('it was accepted')
    expect(await settled(submitted.saved)).toBe(false)
    next.say({ type: 'saved', commandIds: [commandId] })
    await submitted.saved
  })

  it('settles what was saved or answered while no engine was there', async () => {
    const { client, engine } = makeClient()
    const submitting = client.api.submit('note', uuid(1), note)
    const first = engine.asks('submit')[0]
    const commandId = first?.question.name === 'submit' ? first.question.body.commandId : ('' as CommandId)
    engine.say({ type: 'answer', ask: first?.ask ?? 0, answer: { accepted: true, commandId, record: { kind: 'case', id: uuid(1) } } })
    const submitted = await submitting
    if (!submitted.accepted) throw new Error('it was accepted')
    const next = new EngineEnd()
    client.connect(next.port)
    const answer = { outcome: 'accepted' as const, id: commandId, sequence: 1, revision: 4, number: null }
    next.say({ type: 'answer', ask: next.asks('standing')[0]?.ask ?? 0, answer: [{ commandId, known: true, saved: true, answer }] })
    await submitted.saved
    expect(await submitted.confirmed).toEqual(answer)
  })

  it('does not miss word of a command that comes before the caller has its promises', async () => {
    const { client, engine } = makeClient()
    const submitting = client.api.submit('note', uuid(1), note)
    const first = engine.asks('submit')[0]
    const commandId = first?.question.name === 'submit' ? first.question.body.commandId : ('' as CommandId)
    const answer = { outcome: 'accepted' as const, id: commandId, sequence: 1, revision: 4, number: null }
    engine.say({ type: 'saved', commandIds: [commandId] })
    engine.say({ type: 'confirmed', answers: [answer] })
    engine.say({ type: 'answer', ask: first?.ask ?? 0, answer: { accepted: true, commandId, record: { kind: 'case', id: uuid(1) } } })
    const submitted = await submitting
    if (!submitted.accepted) throw new Error('it was accepted')
    await submitted.saved
    expect(await submitted.confirmed).toEqual(answer)
  })

  it('shows records that came as text with nothing pending', () => {
    const { client, engine } = makeClient()
    const changes: BoardChange[] = []
    client.api.onBoard((change) => changes.push(change))
    expect(engine.heard.at(-1)).toEqual({ type: 'board' })
    const image = { kind: 'queue', id: 'q', version: 1, state: { name: 'Desk' } }
    engine.say({ type: 'board', reset: true, raw: null, records: [], gone: [], complete: false })
    engine.say({ type: 'board', reset: false, raw: JSON.stringify([image]), records: [], gone: [], complete: true })
    expect(changes).toEqual([
      { kind: 'reset', records: [], complete: false },
      { kind: 'changed', records: [{ ...image, pending: 0 }], gone: [], complete: true }
    ])
  })

  it('carries what the engine wants of the main process over, and its failures back', async () => {
    const { engine } = makeClient((channel) =>
      channel === 'journalRead' ? Promise.resolve({ lines: [], damagedBytes: 0 }) : Promise.reject(new Error('disk full'))
    )
    engine.say({ type: 'relay', relay: 1, channel: 'journalRead', request: {} })
    engine.say({ type: 'relay', relay: 2, channel: 'journalAppend', request: {} })
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(engine.heard.filter(({ type }) => type === 'relayed')).toEqual([
      { type: 'relayed', relay: 1, ok: true, reply: { lines: [], damagedBytes: 0 } },
      { type: 'relayed', relay: 2, ok: false, message: 'disk full' }
    ])
  })
})

describe('the way to the main process', () => {
  it('goes by another window when the first is gone before it answered', async () => {
    const desk = new WindowDesk(() => 0, { attached: () => undefined, gone: () => undefined, heard: () => undefined })
    const open = (reply: unknown) => {
      const heard: ToWindow[] = []
      let say: (message: ToEngine) => void = () => undefined
      desk.add({ post: (message) => heard.push(message), onMessage: (listener) => (say = listener) })
      say({ type: 'attach' })
      return { heard, say: (message: ToEngine) => say(message), reply }
    }
    const first = open(null)
    const asking = desk.desk('journalTrim', { through: 3 })
    const second = open({ kept: 1 })
    expect(first.heard.some(({ type }) => type === 'relay')).toBe(true)
    first.say({ type: 'leave' })
    const relayed = second.heard.find((message) => message.type === 'relay')
    if (relayed?.type !== 'relay') throw new Error('the second window was not asked')
    second.say({ type: 'relayed', relay: relayed.relay, ok: true, reply: { kept: 1 } })
    expect(await asking).toEqual({ kept: 1 })
  })
})

describe('drafts on their way to the engine', () => {
  const draft = (n: number) => ({ id: 'd', kind: 'intake' as const, caseId: null, body: { n }, changedAt: n })

  it('[SYNC-15] send the newest state, and every caller learns when one at least as new is on the disk', async () => {
    const sent: number[] = []
    const saver = new DraftSaver((one) => {
      sent.push(one.changedAt)
      return Promise.resolve()
    })
    await Promise.all([saver.save(draft(1)), saver.save(draft(2)), saver.save(draft(3))])
    expect(sent).toEqual([3])
    const last = saver.save(draft(4))
    saver.flush()
    await last
    expect(sent).toEqual([3, 4])
  })

  it('do not write a draft that was dropped meanwhile', async () => {
    const sent: number[] = []
    const saver = new DraftSaver((one) => {
      sent.push(one.changedAt)
      return Promise.resolve()
    })
    const saving = saver.save(draft(1))
    saver.drop('d')
    await saving
    saver.flush()
    expect(sent).toEqual([])
  })
})

describe('two monotonic clocks', () => {
  it('[SYNC-11] are tied by the shortest trip', () => {
    let mono = 100
    const bridge = new ClockBridge(() => mono)
    const trip = (there: number, back: number) => {
      const ping = bridge.sent()
      mono += there
      const engineMono = mono + 50_000
      mono += back
      bridge.heard(ping, engineMono)
    }
    trip(300, 5)
    trip(1, 1)
    trip(40, 400)
    expect(Math.abs(bridge.offsetHere(7) - 50_007)).toBeLessThanOrEqual(1)
  })
})
