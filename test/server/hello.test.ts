import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { THIS_BUILD } from '#server/hello.ts'
import { makeCustomer } from '#test/make.ts'
import { freshDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'
import { furnish, helloOf, openDesk, until } from './desk.ts'
import type { TestDesk } from './desk.ts'

const customerRef = (): RecordRef => ({ kind: 'customer', id: randomUUID() })
const saveNew = async (desk: TestDesk) => {
  const ref = customerRef()
  await desk.save(ref, makeCustomer({ id: ref.id as never }))
}

describe('hello', () => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await openDesk()
  })
  afterAll(() => desk.close())

  it('[HELLO-1] a console without a replica is sent to the snapshot', async () => {
    const at = await desk.console(await desk.person('agent'))
    expect(await at.hello()).toMatchObject({ resume: 'snapshot', reason: 'noReplica', lastSequence: 0 })
  })

  it('[HELLO-2] a cursor of this desk goes on from where it stands', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor, scope } = await at.hello()
    await saveNew(desk)
    const back = await at.hello({ cursor, scope })
    expect(back).toMatchObject({ resume: 'tail', reason: 'current' })
    expect(back.cursor.revision).toBe(cursor.revision + 1)
  })

  it('[HELLO-3] a cursor of an unknown epoch, or beyond the end of its own, needs a snapshot', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor, scope } = await at.hello()
    const unknown = await at.hello({ cursor: { ...cursor, epoch: cursor.epoch + 1 }, scope })
    const beyond = await at.hello({ cursor: { ...cursor, revision: cursor.revision + 1 }, scope })
    expect(unknown).toMatchObject({ resume: 'snapshot', reason: 'epochEnded' })
    expect(beyond).toMatchObject({ resume: 'snapshot', reason: 'epochEnded' })
  })

  it('[HELLO-4] a replica built under another scope is rebuilt', async () => {
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    const { cursor, scope } = await at.hello()
    const { restricted } = await furnish(desk)
    await at.gone()
    const back = await desk.console(signed, at.id)
    expect(await back.hello({ cursor, scope })).toMatchObject({ resume: 'snapshot', reason: 'scopeChanged' })
    const member = { ...signed.person, queueIds: [restricted.id] }
    await desk.save({ kind: 'person', id: signed.person.id }, member)
    await back.gone()
    const again = await desk.console(signed, at.id)
    expect(await again.hello({ cursor, scope })).toMatchObject({
      resume: 'snapshot',
      reason: 'scopeChanged',
      me: { queueIds: [restricted.id] }
    })
  })

  it('[HELLO-5] a replica of another shape is rebuilt', async () => {
    const at = await desk.console(await desk.person('agent'))
    const { cursor, scope } = await at.hello()
    expect(await at.hello({ cursor, scope, replicaSchema: 999 })).toMatchObject({ resume: 'snapshot', reason: 'schemaChanged' })
  })

  it('[HELLO-8] a console newer than the server keeps its work until the server is updated', async () => {
    const at = await desk.console(await desk.person('agent'))
    expect(await at.ask('hello', helloOf(at.id, { protocol: 99 }))).toMatchObject({ ok: false, problem: { code: 'consoleTooNew' } })
    const ref = customerRef()
    const command = at.command('saveCustomer', ref, makeCustomer({ id: ref.id as never }), { schema: 99 })
    expect(await at.ask('push', { commands: [command] })).toMatchObject({ ok: false, problem: { code: 'consoleTooNew' } })
  })

  it('[CONN-2] nothing but the time is served before hello', async () => {
    const at = await desk.console(await desk.person('agent'))
    expect(await at.ask('time', {})).toMatchObject({ ok: true })
    for (const [name, request] of [
      ['changes', { after: { epoch: 1, revision: 0 }, limit: 1 }],
      ['timeline', { caseIds: [randomUUID()] }],
      ['search', { text: 'mail', limit: 1 }],
      ['lease', { left: 0 }],
      ['presence', { caseId: null, editing: false }]
    ] as const)
      expect(await at.ask(name, request)).toMatchObject({ ok: false, problem: { code: 'badRequest' } })
  })

  it('[CONN-3] what cannot be read is answered, and the line stays', async () => {
    const at = await desk.console(await desk.person('agent'))
    for (const rubbish of [null, 'x', [], { protocol: 1, consoleId: { $ne: null } }])
      expect(await at.ask('hello', rubbish)).toMatchObject({ ok: false, problem: { code: 'badRequest' } })
    expect(await at.hello()).toMatchObject({ reason: 'noReplica' })
  })

  it('[CONN-4] who asks too often is told to wait, and served afterwards', async () => {
    const at = await desk.console(await desk.person('agent'))
    const replies = []
    for (let turn = 0; turn < 8; turn++) replies.push(await at.ask('hello', helloOf(at.id)))
    expect(replies.at(-1)).toMatchObject({ ok: false, problem: { code: 'rateLimited' } })
    expect(await at.ask('time', {})).toMatchObject({ ok: true })
  })

  it('[CONN-5] a closed account loses its lines at once and cannot come back', async () => {
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    await at.hello()
    await desk.save({ kind: 'person', id: signed.person.id }, { ...signed.person, active: false })
    await at.gone()
    expect(at.ended).toMatchObject([{ code: 'unauthenticated' }])
    await expect(desk.console(signed)).rejects.toThrow('Sign in first')
  })

  it('[LEASE-1] blocks never overlap, whoever asks and however often', async () => {
    const consoles = await Promise.all(Array.from({ length: 10 }, async () => desk.console(await desk.person('agent'))))
    const welcomes = await Promise.all(consoles.map((at) => at.hello({ numbersLeft: 0 })))
    const more = await Promise.all(consoles.map((at) => at.ask('lease', { left: 3 })))
    const blocks = [...welcomes.flatMap(({ leases }) => leases), ...more.flatMap((reply) => (reply.ok ? reply.value.leases : []))]
    expect(blocks).toHaveLength(20)
    const numbers = blocks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index))
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('[LEASE-2] a console that holds enough gets none, and a wall never', async () => {
    const at = await desk.console(await desk.person('agent'))
    expect((await at.hello({ numbersLeft: 8 })).leases).toEqual([])
    const wall = await desk.console(await desk.person('wall'))
    expect((await wall.hello({ numbersLeft: 0 })).leases).toEqual([])
    expect(await wall.ask('lease', { left: 0 })).toMatchObject({ ok: false, problem: { code: 'notPermitted' } })
  })
})

describe('hello of an old console', () => {
  it('[HELLO-7] it is told to update, sees nothing, and its outbox is still taken in', async () => {
    const desk = await openDesk({ speaks: { ...THIS_BUILD, protocol: 3, oldestProtocol: 2 } })
    try {
      const at = await desk.console(await desk.person('lead'))
      const ref = customerRef()
      expect(await at.ask('hello', helloOf(at.id))).toMatchObject({ ok: false, problem: { code: 'consoleTooOld' } })
      expect(await at.ask('changes', { after: { epoch: 1, revision: 0 }, limit: 1 })).toMatchObject({ ok: false })
      expect(await at.push(at.command('saveCustomer', ref, makeCustomer({ id: ref.id as never })))).toMatchObject({
        lastSequence: 1,
        answers: [{ outcome: 'accepted' }]
      })
      expect(at.pokes).toEqual([])
    } finally {
      await desk.close()
    }
  })
})

describe('a database that went back in time', () => {
  const opened: TestDesk[] = []
  const databases: TestDatabase[] = []
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk.close()
    for (const database of databases.splice(0)) await database.drop()
  })
  const fresh = async () => {
    const database = await freshDatabase()
    databases.push(database)
    return database
  }
  const open = async (database: TestDatabase) => {
    const desk = await openDesk({ database })
    opened.push(desk)
    return desk
  }

  it('[EPOCH-1] a backup that was restored ends the cursors beyond it and keeps the others', async () => {
    const database = await fresh()
    const before = await open(database)
    const signed = await before.person('agent')
    const console1 = await before.console(signed)
    const early = await console1.hello()
    await before.close()
    opened.length = 0
    const backup = await database.copy()
    databases.push(backup)

    const lost = await openDesk({ database })
    await saveNew(lost)
    const late = await (await lost.console(signed)).hello()
    await lost.close()

    const restored = await open(backup)
    await saveNew(restored)
    await saveNew(restored)
    const back = await restored.console(signed)
    expect(await back.hello({ cursor: late.cursor, scope: late.scope })).toMatchObject({ resume: 'snapshot', reason: 'epochEnded' })
    expect(await back.hello({ cursor: early.cursor, scope: early.scope })).toMatchObject({ resume: 'tail', reason: 'current' })
  })

  it('[EPOCH-2] restored under a running server, the lines are cut and later cursors end', async () => {
    const desk = await open(await fresh())
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    const { cursor, scope } = await at.hello()
    for (let turn = 0; turn < 5; turn++) await saveNew(desk)
    const late = await at.hello()
    await desk.database.pool.query(
      `begin; create temp table kept as select * from log_entry where revision <= ${cursor.revision}; truncate log_entry; insert into log_entry select * from kept; notify desk_log; commit`
    )
    await at.gone()
    await saveNew(desk)
    const back = await desk.console(signed, at.id)
    expect(await back.hello({ cursor: late.cursor, scope })).toMatchObject({ resume: 'snapshot', reason: 'epochEnded' })
    const tail = await back.hello({ cursor, scope })
    expect(tail).toMatchObject({ resume: 'tail', cursor: { revision: cursor.revision + 1 } })
    expect(tail.cursor.epoch).toBeGreaterThan(cursor.epoch)
  })

  it('[EPOCH-2] restored under a running server, people are as the backup has them, and later changes count', async () => {
    const desk = await open(await fresh())
    const { person } = await desk.person('agent')
    const { rows } = await desk.database.pool.query<{ head: number }>('select max(revision) as head from log_entry')
    await desk.database.pool.query(
      `create table backup_log as select * from log_entry; create table backup_directory as select * from directory_record;
       create table backup_desk as select directory_revision from desk`
    )
    const promoted = { ...person, role: 'admin' as const }
    await desk.save({ kind: 'person', id: person.id }, promoted)
    for (let turn = 0; turn < 5; turn++) await desk.person('agent')
    expect(await desk.app.node.person(person.id)).toMatchObject({ role: 'admin' })
    await desk.database.pool.query(
      `begin; truncate log_entry; insert into log_entry select * from backup_log; truncate directory_record; insert into directory_record
       select * from backup_directory; update desk set directory_revision = (select directory_revision from backup_desk); notify desk_log; commit`
    )
    await until(
      () => desk.app.node.cursor()?.revision,
      (revision) => revision === rows[0]?.head
    )
    expect(await desk.app.node.person(person.id)).toMatchObject({ role: 'agent' })
    await desk.save({ kind: 'person', id: person.id }, { ...person, active: false })
    expect(await desk.app.node.person(person.id)).toMatchObject({ active: false })
  })

  it('[LEASE-3] numbering jumps past every block that the lost time can have handed out, and believes a console that holds one', async () => {
    const database = await fresh()
    const before = await open(database)
    const signed = await before.person('agent')
    const { open: queue, customer } = await furnish(before)
    const first = await (await before.console(signed)).hello({ numbersLeft: 0 })
    await before.close()
    opened.length = 0
    const backup = await database.copy()
    databases.push(backup)
    const lost = await openDesk({ database })
    const holder = await lost.console(signed)
    const held = await holder.hello({ numbersLeft: 0 })
    await lost.close()

    const restored = await open(backup)
    await restored.database.pool.query(`update number_space set alive_at = alive_at - 86400000`)
    const next = await (await restored.console(signed)).hello({ numbersLeft: 0 })
    const [firstBlock, lostBlock, nextBlock] = [first.leases[0], held.leases[0], next.leases[0]]
    expect(lostBlock?.from).toBeGreaterThan(firstBlock?.to ?? Infinity)
    expect(nextBlock?.from).toBeGreaterThan(lostBlock?.to ?? Infinity)
    const back = await restored.console(signed, holder.id)
    await back.hello()
    const number = caseNumberOf(lostBlock?.from ?? 0)
    const payload = {
      number,
      channel: 'phone',
      customerId: customer.id,
      contactId: null,
      callerName: '',
      callbackNumber: '+12025550101',
      itemId: null,
      subject: 'Read out before the restore',
      description: '',
      impact: null,
      urgency: null,
      severity: null,
      queueId: queue.id,
      assigneeId: null,
      verified: false,
      readBack: null,
      steps: []
    }
    const reply = await back.push(back.command('open', { kind: 'case', id: randomUUID() }, payload))
    expect(reply.answers).toMatchObject([{ outcome: 'accepted', number }])
  })

  it('[HELLO-9] after a restore the console is told the lower sequence, and puts back what it still holds', async () => {
    const database = await fresh()
    const before = await open(database)
    const signed = await before.person('lead')
    await before.close()
    opened.length = 0
    const backup = await database.copy()
    databases.push(backup)
    const lost = await openDesk({ database })
    const at = await lost.console(signed)
    await at.hello()
    const refs = [customerRef(), customerRef()]
    const commands = refs.map((ref) => at.command('saveCustomer', ref, makeCustomer({ id: ref.id as never })))
    expect(await at.push(...commands)).toMatchObject({ lastSequence: 2 })
    await lost.close()

    const restored = await open(backup)
    const back = await restored.console(signed, at.id)
    expect(await back.hello()).toMatchObject({ lastSequence: 0 })
    expect(await back.push(...commands)).toMatchObject({ lastSequence: 2, answers: [{ outcome: 'accepted' }, { outcome: 'accepted' }] })
    const { rows } = await restored.database.pool.query(`select from directory_record where id = any ($1)`, [refs.map(({ id }) => id)])
    expect(rows).toHaveLength(2)
  })

  it('[HELLO-6] a cursor older than what the log still holds in full needs a snapshot', async () => {
    const desk = await open(await fresh())
    const at = await desk.console(await desk.person('agent'))
    const { cursor, scope } = await at.hello()
    await saveNew(desk)
    await saveNew(desk)
    await desk.database.pool.query(`update desk set pruned_through = ${cursor.revision + 1}; select pg_notify('desk_log', '')`)
    const reply = await until(
      () => at.ask('changes', { after: cursor, limit: 10 }),
      (found) => found.ok && 'reset' in found.value
    )
    expect(reply).toMatchObject({ value: { reset: 'cursorTooOld' } })
    expect(await at.hello({ cursor, scope })).toMatchObject({ resume: 'snapshot', reason: 'cursorTooOld' })
  })
})
