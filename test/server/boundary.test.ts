import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseNumberOf } from '#shared/domain/case/case-number.ts'
import type { QueueId } from '#shared/domain/identity.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { makeQueue } from '#test/make.ts'
import { furnish, openDesk, until, valueOf } from './desk.ts'
import type { TestConsole, TestDesk } from './desk.ts'

let desk: TestDesk
let furniture: Awaited<ReturnType<typeof furnish>>
beforeAll(async () => {
  desk = await openDesk()
  furniture = await furnish(desk)
})
afterAll(() => desk.close())

/** A case in this queue, made by this console. */
async function caseIn(at: TestConsole, queueId: QueueId, number: number): Promise<RecordRef> {
  const ref: RecordRef = { kind: 'case', id: randomUUID() }
  const intake = {
    number: caseNumberOf(number),
    channel: 'phone',
    customerId: furniture.customer.id,
    contactId: null,
    callerName: 'Ann',
    callbackNumber: '+12025550101',
    itemId: null,
    subject: 'Somebody took the laptop',
    description: '',
    impact: null,
    urgency: null,
    severity: null,
    queueId,
    assigneeId: null,
    verified: false,
    readBack: null,
    steps: []
  }
  expect((await at.push(at.command('open', ref, intake))).answers).toMatchObject([{ outcome: 'accepted' }])
  return ref
}

describe('what a person may not see', () => {
  it('[PERM-3] a refusal says nothing of a case in a restricted queue to somebody outside it', async () => {
    const lead = await desk.console(await desk.person('lead'))
    const first = (await lead.hello({ numbersLeft: 0 })).leases[0]?.from ?? 0
    const secret = await caseIn(lead, furniture.restricted.id, first)
    await lead.push(lead.command('note', secret, { text: 'the thief is Mr X' }))
    for (const role of ['agent', 'wall'] as const) {
      const outside = await desk.console(await desk.person(role))
      await outside.hello()
      const reply = await outside.push(outside.command('note', secret, { text: 'what is this' }))
      expect(reply.answers).toMatchObject([{ outcome: 'refused', overtakenBy: null }])
      expect(JSON.stringify(reply)).not.toContain('Mr X')
    }
  })

  it('[PERM-3] a case in a queue that is newer than the connection is seen by everybody who may', async () => {
    const agent = await desk.console(await desk.person('agent'))
    const { cursor } = await agent.hello()
    const lead = await desk.console(await desk.person('lead'))
    const first = (await lead.hello({ numbersLeft: 0 })).leases[0]?.from ?? 0
    const queue = makeQueue({ id: randomUUID() as QueueId, name: 'Night team' })
    await desk.save({ kind: 'queue', id: queue.id }, queue)
    const ref = await caseIn(lead, queue.id, first)
    const page = valueOf(await agent.ask('changes', { after: cursor, limit: 100 }))
    const entry = 'page' in page ? page.page.entries.find(({ id }) => id === ref.id) : undefined
    expect(entry).not.toHaveProperty('gone')
    await until(
      () => agent.pokes.flatMap((poke) => poke.page?.entries ?? []).find(({ id }) => id === ref.id),
      (found) => found !== undefined && !('gone' in found)
    )
  })
})
