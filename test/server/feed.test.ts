import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordImage, RecordRef } from '#shared/domain/record.ts'
import type { ChangesPage } from '#shared/protocol/changes.ts'
import type { Cursor } from '#shared/protocol/hello.ts'
import { LIMITS } from '#shared/protocol/version.ts'
import type { Customer } from '#shared/domain/directory/customer.ts'
import type { CustomerId, QueueId } from '#shared/domain/identity.ts'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import { appendFacts } from '#server/bulk.ts'
import type { History } from '#server/bulk.ts'
import { systemClock } from '#server/clock.ts'
import { DESK_ITSELF } from '#server/first-start.ts'
import { makeCustomer } from '#test/make.ts'
import { furnish, openDesk, until, valueOf } from './desk.ts'
import type { TestConsole, TestDesk } from './desk.ts'

let desk: TestDesk
let furniture: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  furniture = await furnish(desk)
})
afterAll(() => desk.close())

async function rename(id: string, notes: string): Promise<void> {
  await desk.save({ kind: 'customer', id }, makeCustomer({ id: id as never, notes }))
}

async function pageAfter(at: TestConsole, after: Cursor, limit = 1_000): Promise<ChangesPage> {
  const reply = valueOf(await at.ask('changes', { after, limit }))
  if ('reset' in reply) throw new Error(`reset: ${reply.reset}`)
  return reply.page
}

function savedHistory(state: Customer): History {
  const at = systemClock.now()
  const fact = { type: 'saved', kind: 'customer', state } as const
  return {
    ref: { kind: 'customer', id: state.id },
    logged: [{ fact, occurredAt: at, recordedAt: at, actorId: DESK_ITSELF, commandId: null, late: false }]
  }
}

/** Opens a case in a queue as a lead and returns its reference. */
async function caseIn(queueId: QueueId): Promise<{ readonly ref: RecordRef; readonly move: (to: QueueId) => Promise<void> }> {
  const at = await desk.console(await desk.person('lead'))
  const { leases } = await at.hello({ numbersLeft: 0 })
  const ref: RecordRef = { kind: 'case', id: randomUUID() }
  const { answers } = await at.push(
    at.command('open', ref, {
      number: caseNumberOf(leases[0]?.from ?? 0),
      channel: 'phone',
      customerId: furniture.customer.id,
      contactId: null,
      callerName: '',
      callbackNumber: '+12025550101',
      itemId: null,
      subject: 'A door that does not close',
      description: '',
      impact: null,
      urgency: null,
      severity: null,
      queueId,
      assigneeId: null,
      verified: false,
      readBack: null,
      steps: []
    })
  )
  expect(answers).toMatchObject([{ outcome: 'accepted' }])
  const move = async (to: QueueId) => {
    const moved = await at.push(at.command('assign', ref, { queueId: to, assigneeId: null, expectedAssigneeId: null }))
    expect(moved.answers).toMatchObject([{ outcome: 'accepted' }])
  }
  return { ref, move }
}

describe('the change feed', () => {
  it('[FEED-3] pages follow each other without a hole, up to the head', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor } = await at.hello()
    const ids = Array.from({ length: 7 }, () => randomUUID())
    for (const id of ids) await rename(id, 'x')
    const revisions: number[] = []
    let after = cursor
    for (let page = await pageAfter(at, after, 3); ; page = await pageAfter(at, after, 3)) {
      expect(page.after).toEqual(after)
      revisions.push(...page.entries.map(({ revision }) => revision))
      after = page.to
      if (page.to.revision === page.head) break
    }
    expect(revisions).toEqual(ids.map((_, index) => cursor.revision + 1 + index))
  })

  it('[FEED-4] a page holds each touched record once, as its last entry leaves it', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor } = await at.hello()
    const id = randomUUID()
    for (const notes of ['one', 'two', 'three']) await rename(id, notes)
    const page = await pageAfter(at, cursor)
    expect(page.entries.map(({ version }) => version)).toEqual([1, 2, 3])
    expect(page.images).toMatchObject([{ kind: 'customer', id, version: 3, state: { notes: 'three' } }])
  })

  it('[FEED-5] what lies outside a person’s scope comes as gone, without content, and leaves no hole', async () => {
    const agent = await desk.console(await desk.person('agent'))
    const { cursor } = await agent.hello()
    const { ref, move } = await caseIn(furniture.open.id)
    await move(furniture.restricted.id)
    await move(furniture.open.id)
    const all = (await pageAfter(agent, cursor)).entries.filter(({ kind, id }) => kind === ref.kind && id === ref.id)
    expect(all.map((entry) => 'gone' in entry)).toEqual([false, true, false])
    const hidden = all.find((entry) => 'gone' in entry)
    expect(Object.keys(hidden ?? {}).toSorted()).toEqual(['gone', 'id', 'kind', 'revision', 'version'])
    const upTo = all[1]?.revision ?? 0
    const page = await pageAfter(agent, cursor, upTo - cursor.revision)
    expect(page.images.filter(({ id }) => id === ref.id)).toEqual([])
  })

  it('[FEED-5] a wall sees no contacts, a member sees the restricted queue', async () => {
    const wall = await desk.console(await desk.person('wall'))
    const member = await desk.console(await desk.person('agent', { queueIds: [furniture.restricted.id] }))
    const cursor = (await wall.hello()).cursor
    await member.hello()
    const { ref } = await caseIn(furniture.restricted.id)
    const contact = { kind: 'contact', id: randomUUID() } as const
    const state = {
      id: contact.id,
      customerId: furniture.customer.id,
      name: 'Priya',
      title: '',
      phones: [],
      email: '',
      rights: [],
      active: true,
      sample: false
    }
    await desk.save(contact, state)
    const seen = (page: ChangesPage, { id }: RecordRef) => page.images.some((image) => image.id === id)
    const [onWall, atMember] = [await pageAfter(wall, cursor), await pageAfter(member, cursor)]
    expect([seen(onWall, contact), seen(onWall, ref)]).toEqual([false, false])
    expect([seen(atMember, contact), seen(atMember, ref)]).toEqual([true, true])
  })

  it('[FEED-6] a removed record comes as gone', async () => {
    const at = await desk.console(await desk.person('agent'))
    const id = randomUUID()
    await rename(id, 'x')
    const { cursor } = await at.hello()
    await desk.save({ kind: 'customer', id }, null)
    const page = await pageAfter(at, cursor)
    expect(page.entries).toMatchObject([{ kind: 'customer', id, version: 2, gone: true }])
    expect(page.images).toEqual([])
  })

  it('[FEED-7] a page ends before it gets too heavy, and the rest follows', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor } = await at.hello()
    const big = 'w'.repeat(3_900)
    const ids = Array.from({ length: 120 }, () => randomUUID())
    await Promise.all(ids.map((id) => rename(id, big)))
    const first = await pageAfter(at, cursor)
    expect(first.entries.length).toBeLessThan(120)
    expect(JSON.stringify(first).length).toBeLessThan(LIMITS.bytesPerPage * 1.2)
    const rest = await pageAfter(at, first.to)
    expect(first.entries.length + rest.entries.length).toBe(120)
  })

  it('[FEED-8] every console hears of a change, with the page when it is small', async () => {
    const [one, two] = [await desk.console(await desk.person('agent')), await desk.console(await desk.person('agent'))]
    const { cursor } = await one.hello()
    await two.hello()
    const id = randomUUID()
    await rename(id, 'heard')
    for (const at of [one, two]) {
      const poke = await until(
        () => at.pokes.find(({ page }) => page?.images.some((image) => image.id === id)),
        (found) => found !== undefined
      )
      expect(poke?.page?.after).toEqual({ epoch: poke?.head.epoch, revision: cursor.revision })
      expect(poke?.head.revision).toBe(cursor.revision + 1)
    }
  })

  it('[FEED-8] pokes under load are gathered, and together they still tell everything', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor } = await at.hello()
    const ids = Array.from({ length: 60 }, () => randomUUID())
    await Promise.all(ids.map((id) => rename(id, 'x')))
    await until(
      () => at.pokes.at(-1)?.head.revision ?? 0,
      (head) => head === cursor.revision + 60
    )
    expect(at.pokes.length).toBeLessThan(60)
    const seen = new Map<string, RecordImage>()
    for (const image of (await pageAfter(at, cursor)).images) seen.set(image.id, image)
    expect(ids.every((id) => seen.has(id))).toBe(true)
  })

  it('[FEED-9] what memory no longer holds comes from the database just the same', async () => {
    const at = await desk.console(await desk.person('admin'))
    const old = await at.hello()
    const states = Array.from({ length: 1_100 }, () => makeCustomer({ id: randomUUID() as CustomerId }))
    await appendFacts(desk.app.store, states.map(savedHistory))
    const { cursor } = await at.hello()
    const whole = await pageAfter(at, old.cursor, 300)
    const other = await openDesk({ database: desk.database })
    try {
      const there = await other.console(await other.person('admin'))
      await there.hello()
      // A node that just started holds the newest thousand; the rest it reads.
      const stored = await pageAfter(there, old.cursor, 300)
      expect(whole.entries).toHaveLength(300)
      expect(stored).toEqual({ ...whole, to: { ...whole.to, epoch: cursor.epoch }, head: stored.head })
    } finally {
      await other.close()
    }
  })

  it('[FEED-10] two nodes on one database tell each other’s consoles', async () => {
    const other = await openDesk({ database: desk.database })
    try {
      const there = await other.console(await desk.person('agent'))
      const { cursor } = await there.hello()
      const id = randomUUID()
      await rename(id, 'made on the first node')
      await until(
        () => there.pokes.at(-1)?.head.revision ?? 0,
        (head) => head > cursor.revision
      )
      expect((await pageAfter(there, cursor)).images).toMatchObject([{ id }])
    } finally {
      await other.close()
    }
  })
})

describe('reading beside the feed', () => {
  it('[READ-1] the history of a case is its facts in order, within scope', async () => {
    const { ref, move } = await caseIn(furniture.open.id)
    await move(furniture.restricted.id)
    const lead = await desk.console(await desk.person('lead'))
    const agent = await desk.console(await desk.person('agent'))
    await lead.hello()
    await agent.hello()
    const whole = valueOf(await lead.ask('timeline', { caseIds: [ref.id] }))
    expect(whole.timelines).toMatchObject([{ caseId: ref.id, version: 2, entries: [{ version: 1 }, { version: 2 }] }])
    expect(whole.timelines[0]?.entries.flatMap(({ facts }) => facts.map(({ fact }) => fact.type))).toEqual(['caseOpened', 'caseAssigned'])
    expect(valueOf(await agent.ask('timeline', { caseIds: [ref.id] })).timelines).toEqual([])
  })

  it('[READ-2] search finds cases by number and by words, within scope', async () => {
    const { ref } = await caseIn(furniture.open.id)
    const { ref: secret } = await caseIn(furniture.restricted.id)
    const agent = await desk.console(await desk.person('agent'))
    await agent.hello()
    const { rows } = await desk.database.pool.query<{ number: string }>('select number from case_record where id = $1', [ref.id])
    const number = rows[0]?.number ?? ''
    const byNumber = valueOf(await agent.ask('search', { text: number.slice(2), limit: 5 }))
    expect(byNumber.cases[0]?.id).toBe(ref.id)
    const byWords = valueOf(await agent.ask('search', { text: "door, clo'", limit: 100 }))
    expect(byWords.cases.map(({ id }) => id)).toContain(ref.id)
    expect(byWords.cases.map(({ id }) => id)).not.toContain(secret.id)
    expect(valueOf(await agent.ask('search', { text: 'doo', limit: 1 }))).toMatchObject({ more: true })
    expect(valueOf(await agent.ask('search', { text: '&|!():*', limit: 5 }))).toEqual({ cases: [], more: false })
  })

  it('[PRES-1] everybody hears who looks at which case, and when a console was lost', async () => {
    const [one, two] = [await desk.console(await desk.person('agent')), await desk.console(await desk.person('agent'))]
    await one.hello()
    await two.hello()
    const caseId = randomUUID()
    await one.ask('presence', { caseId, editing: true })
    const listed = async () =>
      valueOf(await two.ask('presence', { caseId: null, editing: false })).presences.find(({ consoleId }) => consoleId === one.id)
    expect(await listed()).toMatchObject({ caseId, editing: true, lostAt: null })
    one.socket.disconnect()
    await until(listed, (presence) => presence !== undefined && presence.lostAt !== null)
  })
})
