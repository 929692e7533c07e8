import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Command } from '#shared/domain/command.ts'
import type { CommandId, PersonId } from '#shared/domain/identity.ts'
import { appendFacts } from '#server/bulk.ts'
import { systemClock, systemTimers } from '#server/clock.ts'
import { pgDeskStore } from '#server/db/pg-desk-store.ts'
import { TemporaryFault } from '#server/desk-store.ts'
import type { Batch, DeskStore } from '#server/desk-store.ts'
import { DESK_ITSELF } from '#server/first-start.ts'
import { serverLog } from '#server/log.ts'
import { pushQueue } from '#server/push-queue.ts'
import type { PushItem } from '#server/push-batch.ts'
import { keepDirectory } from '#server/small-directory.ts'
import { makeCustomer, makePerson } from '#test/make.ts'
import { freshDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

const LEAD = makePerson({ id: randomUUID() as PersonId, role: 'lead' })

let database: TestDatabase
let store: DeskStore
beforeEach(async () => {
  database = await freshDatabase()
  store = pgDeskStore(database.pool, () => () => undefined)
  const at = systemClock.now()
  const fact = { type: 'saved', kind: 'person', state: LEAD } as const
  await appendFacts(store, [
    {
      ref: { kind: 'person', id: LEAD.id },
      logged: [{ fact, occurredAt: at, recordedAt: at, actorId: DESK_ITSELF, commandId: null, late: false }]
    }
  ])
})
afterEach(() => database.drop())

/** A queue over the real store with `append` in front of its last step. */
function queueWith(append: (batch: Batch, go: () => Promise<{ epoch: number; base: number }>) => Promise<{ epoch: number; base: number }>) {
  const troubled: DeskStore = {
    ...store,
    begin: async (wanted) => {
      const tx = await store.begin(wanted)
      return { ...tx, appendAndCommit: (batch) => append(batch, () => tx.appendAndCommit(batch)) }
    }
  }
  return pushQueue({
    store: troubled,
    clock: systemClock,
    timers: systemTimers,
    directory: keepDirectory(store),
    log: serverLog('silent'),
    onAppended: () => undefined
  })
}

function consoleOf(): (names: readonly string[]) => PushItem {
  const key = { consoleId: randomUUID(), personId: LEAD.id }
  let sequence = 0
  return (names) => ({
    key,
    commands: names.map((name) => {
      const state = makeCustomer({ id: randomUUID() as never, name })
      sequence += 1
      const record = { kind: 'customer', id: state.id }
      return Command.parse({
        id: randomUUID(),
        consoleId: key.consoleId,
        sequence,
        actorId: LEAD.id,
        type: 'saveCustomer',
        schema: 1,
        record,
        payload: state,
        occurredAt: Date.now(),
        uncertainty: 0,
        decidedOn: 0
      })
    }),
    oldestHeld: null,
    receivedAt: systemClock.now(),
    contactBefore: null,
    poisoned: new Set()
  })
}

async function customers(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select state ->> 'name' as name from directory_record where kind = 'customer' order by 1`
  )
  return rows.map(({ name }) => name)
}

describe('trouble while storing', () => {
  it('[PUSH-15] a command the database cannot take is set aside alone; its own console and all others go on', async () => {
    const queue = queueWith((batch, go) => {
      if (batch.entries.some(({ image }) => JSON.stringify(image).includes('Poison'))) throw new Error('the database chokes on this')
      return go()
    })
    const [one, two] = [consoleOf(), consoleOf()]
    const [mine, theirs] = await Promise.all([queue.push(one(['Alder', 'Poison', 'Birch'])), queue.push(two(['Cedar']))])
    expect(mine).toMatchObject({
      ok: true,
      value: {
        lastSequence: 3,
        answers: [{ outcome: 'accepted' }, { outcome: 'refused', refusal: { code: 'couldNotBeJudged' } }, { outcome: 'accepted' }]
      }
    })
    expect(theirs).toMatchObject({ ok: true, value: { answers: [{ outcome: 'accepted' }] } })
    expect(await customers()).toEqual(['Alder', 'Birch', 'Cedar'])
    const { rows } = await database.pool.query<{ refused_command: string }>(
      'select refused_command from command_answer where refused_command is not null'
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.refused_command).toContain('Poison')
  })

  it('[PUSH-15] a command under an id that the log holds for something else holds up nobody', async () => {
    const at = systemClock.now()
    const commandId = randomUUID() as CommandId
    const loaded = makeCustomer({ id: randomUUID() as never, name: 'Loaded in bulk' })
    await appendFacts(store, [
      {
        ref: { kind: 'customer', id: loaded.id },
        logged: [
          {
            fact: { type: 'saved', kind: 'customer', state: loaded },
            occurredAt: at,
            recordedAt: at,
            actorId: DESK_ITSELF,
            commandId,
            late: false
          }
        ]
      }
    ])
    const queue = queueWith((_, go) => go())
    const [one, two] = [consoleOf(), consoleOf()]
    const forged = one(['Alder', 'Forged'])
    const commands = forged.commands.map((command, index) => (index === 1 ? { ...command, id: commandId } : command))
    const [mine, theirs] = await Promise.all([queue.push({ ...forged, commands }), queue.push(two(['Cedar']))])
    expect(mine).toMatchObject({
      ok: true,
      value: { lastSequence: 2, answers: [{ outcome: 'accepted' }, { outcome: 'refused', refusal: { code: 'couldNotBeJudged' } }] }
    })
    expect(theirs).toMatchObject({ ok: true, value: { answers: [{ outcome: 'accepted' }] } })
    expect(await customers()).toEqual(['Alder', 'Cedar', 'Loaded in bulk'])
  })

  it('[PUSH-16] a passing conflict is tried again, and the push is applied once', async () => {
    let failures = 3
    const queue = queueWith((_, go) => {
      failures -= 1
      if (failures >= 0) throw new TemporaryFault('serialization failure', { conflict: true })
      return go()
    })
    expect(await queue.push(consoleOf()(['Alder']))).toMatchObject({ ok: true, value: { answers: [{ outcome: 'accepted' }] } })
    expect(await customers()).toEqual(['Alder'])
  })

  it('[PUSH-16] a commit whose answer was lost is not applied a second time', async () => {
    let lost = false
    const queue = queueWith(async (_, go) => {
      const appended = await go()
      if (lost) return appended
      lost = true
      throw new TemporaryFault('connection terminated', { conflict: false })
    })
    const reply = await queue.push(consoleOf()(['Alder', 'Birch']))
    expect(reply).toMatchObject({ ok: true, value: { lastSequence: 2, answers: [{ outcome: 'accepted' }, { outcome: 'accepted' }] } })
    const { rows } = await database.pool.query('select from log_entry where kind = $1', ['customer'])
    expect(rows).toHaveLength(2)
  })

  it('[PUSH-17] while the database is away, nothing is refused: the console is told to send it again', async () => {
    let away = true
    const queue = queueWith((_, go) => {
      if (away) throw new TemporaryFault('connection refused', { conflict: false })
      return go()
    })
    const push = consoleOf()(['Alder'])
    expect(await queue.push(push)).toMatchObject({ ok: false, problem: { code: 'unavailable', retryAfter: expect.any(Number) as number } })
    away = false
    expect(await queue.push(push)).toMatchObject({ ok: true, value: { answers: [{ outcome: 'accepted' }] } })
  })

  it('[PUSH-18] a queue that is full says so and takes work again once it has room', async () => {
    let release = () => {}
    const held = new Promise<void>((settle) => (release = settle))
    const queue = queueWith(async (_, go) => {
      await held
      return go()
    })
    const names = Array.from({ length: 100 }, (_, index) => `Name ${index}`)
    const pushes = Array.from({ length: 60 }, () => queue.push(consoleOf()(names)))
    release()
    const replies = await Promise.all(pushes)
    expect(replies.filter((reply) => reply.ok).length).toBeGreaterThanOrEqual(50)
    expect(replies.at(-1)).toMatchObject({ ok: false, problem: { code: 'busy', retryAfter: expect.any(Number) as number } })
    expect(await queue.push(consoleOf()(['Alder']))).toMatchObject({ ok: true })
  })
})
