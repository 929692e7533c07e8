import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { furnish, openDesk, until } from './desk.ts'
import type { Signed, TestConsole, TestDesk } from './desk.ts'

let desk: TestDesk
let furniture: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  furniture = await furnish(desk)
})
afterAll(() => desk.close())

/** An agent on a fresh console with numbers, and how to open a case on it. */
async function agentAt(over: { readonly signed?: Signed; readonly consoleId?: string } = {}) {
  const signed = over.signed ?? (await desk.person('agent'))
  const at = await desk.console(signed, over.consoleId)
  const welcome = await at.hello({ numbersLeft: 0 })
  let next = welcome.leases[0]?.from ?? 0
  const intake = (payload: object = {}) => ({
    number: caseNumberOf(next++),
    channel: 'phone',
    customerId: furniture.customer.id,
    contactId: null,
    callerName: 'Ann',
    callbackNumber: '+12025550101',
    itemId: null,
    subject: 'Mail does not go out',
    description: '',
    impact: null,
    urgency: null,
    severity: null,
    queueId: furniture.open.id,
    assigneeId: null,
    verified: false,
    readBack: null,
    steps: [],
    ...payload
  })
  const open = (payload: object = {}, ref = newCase()) => at.command('open', ref, intake(payload))
  return { signed, at, welcome, open, intake }
}

const newCase = (): RecordRef => ({ kind: 'case', id: randomUUID() })
const note = (at: TestConsole, record: RecordRef, text: string) => at.command('note', record, { text })

async function versionOf(ref: RecordRef): Promise<number | undefined> {
  const { rows } = await desk.database.pool.query<{ version: number }>('select version from case_record where id = $1', [ref.id])
  return rows[0]?.version
}

describe('pushing commands', () => {
  it('[PUSH-1] a command sent again gets the answer it got, and is applied once', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const first = await at.push(opening, note(at, opening.record, 'once'))
    const again = await at.push(opening)
    expect(first.answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
    expect(again).toEqual({ answers: [first.answers[0]], lastSequence: 2, expected: null })
    expect(await versionOf(opening.record)).toBe(2)
  })

  it('[PUSH-1] the same push on two lines of one console at once is applied once', async () => {
    const { at, open, signed } = await agentAt()
    const opening = open()
    await at.push(opening)
    const other = await desk.console(signed, at.id)
    await other.hello()
    const notes = Array.from({ length: 40 }, (_, index) => note(at, opening.record, `note ${index}`))
    const [one, two] = await Promise.all([at.push(...notes), other.push(...notes)])
    expect(two.answers).toEqual(one.answers)
    expect(await versionOf(opening.record)).toBe(41)
  })

  it('[PUSH-2] a run with a hole stops at the hole and says what is missing', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const skipped = note(at, opening.record, 'on its way')
    const later = note(at, opening.record, 'later')
    const reply = await at.push(opening, later)
    expect(reply).toMatchObject({ lastSequence: 1, expected: 2 })
    expect(reply.answers).toHaveLength(1)
    expect(await at.push(skipped, later)).toMatchObject({ lastSequence: 3, expected: null })
  })

  it('[PUSH-3] a console that holds nothing older goes on from what it holds', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    await at.push(opening)
    const held = at.command('note', opening.record, { text: 'kept' }, { sequence: 350 })
    const reply = await at.ask('push', { commands: [held], oldestHeld: 350 })
    expect(reply).toMatchObject({ ok: true, value: { lastSequence: 350, expected: null, answers: [{ outcome: 'accepted' }] } })
  })

  it('[PUSH-4] a refused command does not hold up the one behind it', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const reply = await at.push(
      opening,
      at.command('close', opening.record, { text: '', seenContactAt: null }),
      note(at, opening.record, 'goes on')
    )
    expect(reply.answers.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'accepted'])
    expect(reply.lastSequence).toBe(3)
  })

  it('[PUSH-5] somebody else’s commands are kept for them: nothing of the push is judged', async () => {
    const { at, open } = await agentAt()
    const other = await desk.person('agent')
    const reply = await at.ask('push', { commands: [{ ...open(), actorId: other.person.id }] })
    expect(reply).toMatchObject({ ok: false, problem: { code: 'wrongOwner' } })
  })

  it('[PUSH-5] two people on one console have a sequence each, so one’s waiting outbox never holds up the other', async () => {
    const ann = await agentAt()
    const annsCase = ann.open()
    const bob = await agentAt({ consoleId: ann.at.id })
    expect(bob.welcome.lastSequence).toBe(0)
    expect(await bob.at.push(bob.open())).toMatchObject({ lastSequence: 1 })
    expect(await ann.at.push(annsCase)).toMatchObject({ lastSequence: 1, answers: [{ outcome: 'accepted' }] })
  })

  it('[PUSH-6] what cannot be kept is refused by itself and the rest goes on', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const badRecord = at.command('note', { kind: 'case', id: 'not-an-id' }, { text: 'x' })
    const reply = await at.push(opening, badRecord, at.command('conjure', opening.record, {}), note(at, opening.record, 'still fine'))
    expect(reply.answers.map((answer) => (answer.outcome === 'refused' ? answer.refusal.code : 'accepted'))).toEqual([
      'accepted',
      'malformed',
      'unknownCommand',
      'accepted'
    ])
  })

  it('[PUSH-7] a refused command is kept whole on the server', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const refused = at.command('close', opening.record, { text: 'all I had typed', seenContactAt: null })
    await at.push(opening, refused)
    const { rows } = await desk.database.pool.query<{ refused_command: string }>(
      'select refused_command from command_answer where command_id = $1',
      [refused.id]
    )
    expect(JSON.parse(rows[0]?.refused_command ?? 'null')).toEqual(refused)
  })

  it('[PUSH-8] a refusal names who came between, and what they did', async () => {
    const ann = await agentAt()
    const bob = await agentAt()
    const opening = ann.open()
    const opened = await ann.at.push(opening)
    const seen = opened.answers[0]?.revision ?? 0
    const assign = (who: Signed) => ({ queueId: furniture.open.id, assigneeId: who.person.id, expectedAssigneeId: null })
    await bob.at.push(bob.at.command('assign', opening.record, assign(bob.signed)))
    const late = await ann.at.push(ann.at.command('assign', opening.record, assign(ann.signed), { decidedOn: seen }))
    expect(late.answers[0]).toMatchObject({
      outcome: 'refused',
      refusal: { code: 'alreadyAssigned' },
      overtakenBy: { actorId: bob.signed.person.id, actorName: bob.signed.person.name, type: 'caseAssigned' }
    })
  })

  it('[PUSH-8] a refusal that nobody caused names nobody', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const reply = await at.push(opening, at.command('close', opening.record, { text: '', seenContactAt: null }))
    expect(reply.answers[1]).toMatchObject({ outcome: 'refused', overtakenBy: null })
  })

  it('[PUSH-9] commands of many consoles share transactions, and each gets its own answer', async () => {
    const agents = await Promise.all(Array.from({ length: 8 }, () => agentAt()))
    const before = await transactions()
    const pushed = agents.map(({ at, open }) => ({ at, opening: open() }))
    const replies = await Promise.all(pushed.map(({ at, opening }) => at.push(opening)))
    for (const [index, reply] of replies.entries())
      expect(reply.answers).toMatchObject([{ id: pushed[index]?.opening.id, outcome: 'accepted' }])
    expect((await transactions()) - before).toBeLessThan(8)
  })

  it('[PUSH-10] a second push of one line before the first is answered is told to wait', async () => {
    const { at, open } = await agentAt()
    const opening = open()
    const replies = await Promise.all([
      at.ask('push', { commands: [opening] }),
      at.ask('push', { commands: [note(at, opening.record, 'too soon')] })
    ])
    expect(replies[0]).toMatchObject({ ok: true })
    expect(replies[1]).toMatchObject({ ok: false, problem: { code: 'busy' } })
  })

  it('[PUSH-11] a role taken away counts from the next push, on a line that was open before', async () => {
    const { at, open, signed } = await agentAt()
    const opening = open()
    await at.push(opening)
    await desk.save({ kind: 'person', id: signed.person.id }, { ...signed.person, role: 'wall' })
    await at.gone()
    const back = await desk.console(signed, at.id)
    await back.hello()
    const reply = await back.push(at.command('note', opening.record, { text: 'no longer mine to write' }))
    expect(reply.answers).toMatchObject([{ outcome: 'refused', refusal: { code: 'notPermitted' } }])
  })

  it('[PUSH-12] a number leased to another console is refused, and so is one used before', async () => {
    const ann = await agentAt()
    const bob = await agentAt()
    const opening = ann.open()
    await ann.at.push(opening)
    const number = (opening['payload'] as { number: string }).number
    const stolen = bob.at.command('open', newCase(), { ...ann.intake(), queueId: furniture.open.id })
    const again = ann.at.command('open', newCase(), { ...ann.intake(), number })
    expect((await bob.at.push(stolen)).answers).toMatchObject([{ refusal: { code: 'numberNotLeased' } }])
    expect((await ann.at.push(again)).answers).toMatchObject([{ refusal: { code: 'numberTaken' } }])
  })

  it('[PUSH-12] a case opened under a provisional number gets a final one and keeps the other as an alias', async () => {
    const { at, open, welcome } = await agentAt()
    const opening = open({ number: 'T-00000' + '0' })
    const { answers } = await at.push(opening)
    const { rows } = await desk.database.pool.query<{ number: string; aliases: string[] }>(
      'select number, aliases from case_record where id = $1',
      [opening.record.id]
    )
    expect(answers).toMatchObject([{ outcome: 'accepted', number: rows[0]?.number }])
    expect(rows[0]?.number).toMatch(/^C-/)
    expect(rows[0]?.aliases).toEqual(['T-000000'])
    expect(welcome.leases.map(({ from }) => caseNumberOf(from))).not.toContain(rows[0]?.number)
  })

  it('[PUSH-13] work claims no instant before this console was last seen with nothing left to send', async () => {
    const signed = await desk.person('agent')
    const consoleId = randomUUID()
    const before = await desk.console(signed, consoleId)
    await before.hello()
    const contact = Date.now() - 60_000
    await desk.database.pool.query('update console set last_contact_at = $1 where id = $2', [contact, consoleId])
    const { at, open } = await agentAt({ signed, consoleId })
    const opening = { ...open(), occurredAt: contact - 3_600_000 }
    await at.push(opening)
    const { timelines } = await until(
      async () => {
        const reply = await at.ask('timeline', { caseIds: [opening.record.id] })
        return reply.ok ? reply.value : { timelines: [] }
      },
      (found) => found.timelines.length > 0
    )
    expect(timelines[0]?.entries[0]?.facts[0]?.occurredAt).toBe(contact)
  })

  it('[PUSH-14] two admins who demote each other at once leave one admin', async () => {
    const [one, two] = [await desk.person('admin'), await desk.person('admin')]
    const others = await desk.database.pool.query<{ id: string; state: object }>(
      `select id, state from directory_record where kind = 'person' and state ->> 'role' = 'admin' and id <> all ($1)`,
      [[one.person.id, two.person.id]]
    )
    for (const { id, state } of others.rows) await desk.save({ kind: 'person', id }, { ...state, active: false })
    const consoles = [await desk.console(one), await desk.console(two)] as const
    for (const at of consoles) await at.hello()
    const demote = (at: TestConsole, { person }: Signed) =>
      at.command('savePerson', { kind: 'person', id: person.id }, { ...person, role: 'agent' })
    const commands = [demote(consoles[0], two), demote(consoles[1], one)] as const
    // Whoever is demoted loses the line, maybe before the answer; both are answered on the server all the same.
    await Promise.allSettled([consoles[0].push(commands[0]), consoles[1].push(commands[1])])
    const outcomes = await until(
      async () =>
        (
          await desk.database.pool.query<{ outcome: string }>(
            `select body ->> 'outcome' as outcome from command_answer where command_id = any ($1)`,
            [commands.map(({ id }) => id)]
          )
        ).rows.map(({ outcome }) => outcome),
      (found) => found.length > 0
    )
    expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1)
    const { rows: left } = await desk.database.pool.query(
      `select from directory_record where kind = 'person' and state ->> 'role' = 'admin' and (state ->> 'active')::boolean`
    )
    expect(left).toHaveLength(1)
  })
})

async function transactions(): Promise<number> {
  const { rows } = await desk.database.pool.query<{ writes: number }>('select count(distinct xmin::text)::int as writes from log_entry')
  return rows[0]?.writes ?? 0
}
