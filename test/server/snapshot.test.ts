import { randomUUID } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY } from '#shared/domain/instant.ts'
import type { CaseId, CommandId, CustomerId, QueueId } from '#shared/domain/identity.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { RecordImage } from '#shared/domain/record.ts'
import { SnapshotLineFrame } from '#shared/protocol/snapshot.ts'
import { appendFacts, takeCaseNumbers } from '#server/bulk.ts'
import type { History } from '#server/bulk.ts'
import { systemClock } from '#server/clock.ts'
import { DESK_ITSELF } from '#server/first-start.ts'
import { gzipOf, gzipPiece } from '#server/gzip-pieces.ts'
import { makeCustomer } from '#test/make.ts'
import { furnish, openDesk, valueOf } from './desk.ts'
import type { Signed, TestDesk } from './desk.ts'

type Lines = readonly ReturnType<typeof SnapshotLineFrame.parse>[]

let desk: TestDesk
let furniture: Awaited<ReturnType<typeof furnish>>
const CASES = 1_300
beforeAll(async () => {
  desk = await openDesk()
  furniture = await furnish(desk)
  const numbers = await takeCaseNumbers(desk.app.store, CASES, systemClock)
  await appendFacts(desk.app.store, numbers.map(historyOf))
  await desk.app.node.catchUp()
})
afterAll(() => desk.close())

/** Every tenth case in the restricted queue, every third resolved, half of those long ago. */
function historyOf(number: string, index: number): History {
  const long = index % 6 === 0 ? 100 * DAY : DAY
  const at = (systemClock.now() - long) as Instant
  const queueId = index % 10 === 0 ? furniture.restricted.id : furniture.open.id
  const base = { occurredAt: at, recordedAt: at, actorId: DESK_ITSELF, late: false }
  const opened = {
    type: 'caseOpened',
    number,
    aliases: [],
    channel: 'phone',
    customerId: furniture.customer.id as CustomerId,
    contactId: null,
    callerName: '',
    callbackNumber: null,
    itemId: null,
    subject: `Case ${index} “quoted” \\ back`,
    description: '',
    impact: null,
    urgency: null,
    severity: 3,
    queueId,
    assigneeId: null,
    verified: false,
    policyId: 'managed-os/1' as never,
    parentId: null,
    source: null,
    steps: [],
    sample: false
  } as const
  const resolved = { type: 'caseResolved', code: 'fixed', text: 'done' } as const
  const facts = index % 3 === 0 ? [opened, resolved] : [opened]
  return {
    ref: { kind: 'case', id: randomUUID() as CaseId },
    logged: facts.map((fact) => ({ ...base, fact, commandId: randomUUID() as CommandId }))
  }
}

async function fetchSnapshot(
  signed: Signed,
  resume?: string
): Promise<{ readonly status: number; readonly lines: Lines; readonly encoding: string | null }> {
  const query = resume === undefined ? '' : `?resume=${encodeURIComponent(resume)}`
  const answer = await fetch(`${desk.app.url}/snapshot${query}`, { headers: { authorization: `Bearer ${signed.session.accessToken}` } })
  const text = await answer.text()
  const lines = answer.ok
    ? text
        .trimEnd()
        .split('\n')
        .map((line) => SnapshotLineFrame.parse(JSON.parse(line)))
    : []
  return { status: answer.status, lines, encoding: answer.headers.get('content-encoding') }
}

const imagesOf = (lines: Lines) => lines.flatMap((line) => (line.type === 'chunk' ? (line.images as unknown as RecordImage[]) : []))
const casesOf = (lines: Lines) => imagesOf(lines).flatMap((image) => (image.kind === 'case' && image.state ? [image.state] : []))

describe('the snapshot', () => {
  it('[SNAP-1] brings the directory first, then open cases, then the ones that ended lately', async () => {
    const { lines, encoding } = await fetchSnapshot(await desk.person('lead'))
    expect(encoding).toBe('gzip')
    expect(lines[0]).toMatchObject({ type: 'begin', records: imagesOf(lines).length })
    expect(lines.at(-1)).toEqual({ type: 'end', records: imagesOf(lines).length })
    const kinds = lines.flatMap((line) => (line.type === 'chunk' ? [line.kind] : []))
    expect([...new Set(kinds)]).toEqual(['person', 'queue', 'policy', 'customer', 'case'])
    const statuses = casesOf(lines).map(({ status }) => status)
    expect(statuses.lastIndexOf('new')).toBeLessThan(statuses.indexOf('resolved'))
  })

  it('[SNAP-2] holds every open case and the others of the last ninety days', async () => {
    const { lines } = await fetchSnapshot(await desk.person('lead'))
    const { rows } = await desk.database.pool.query<{ id: string }>(`select id from case_record where status = 'new' or changed_at > $1`, [
      systemClock.now() - 90 * DAY
    ])
    expect(rows.length).toBeLessThan(CASES)
    expect(
      casesOf(lines)
        .map(({ id }) => id)
        .toSorted()
    ).toEqual(rows.map(({ id }) => id).toSorted())
  })

  it('[SNAP-2] a token made up to reach further back is not taken up', async () => {
    const wall = await desk.person('wall')
    const { lines } = await fetchSnapshot(wall)
    const given = lines.flatMap((line) => (line.type === 'chunk' ? [line.resume] : []))[0] ?? ''
    const token = JSON.parse(Buffer.from(given, 'base64url').toString()) as object
    const made = (change: object) => fetchSnapshot(wall, Buffer.from(JSON.stringify({ ...token, ...change })).toString('base64url'))
    expect((await made({})).status).toBe(200)
    expect((await made({ since: 0 })).status).toBe(400)
  })

  it('[SNAP-4] somebody in many queues takes a snapshot up again too', async () => {
    const queueIds = Array.from({ length: 20 }, () => randomUUID() as QueueId)
    const agent = await desk.person('agent', { queueIds })
    const { lines } = await fetchSnapshot(agent)
    const resume = lines.flatMap((line) => (line.type === 'chunk' ? [line.resume] : []))[0] ?? ''
    const again = await fetchSnapshot(agent, resume)
    expect(again.status).toBe(200)
    expect(again.lines[0]).toMatchObject({ type: 'begin', scope: lines[0]?.type === 'begin' ? lines[0].scope : '' })
  })

  it('[SNAP-3] stays within a person’s scope', async () => {
    const agent = await fetchSnapshot(await desk.person('agent'))
    expect(casesOf(agent.lines).some(({ queueId }) => queueId === furniture.restricted.id)).toBe(false)
    const member = await fetchSnapshot(await desk.person('agent', { queueIds: [furniture.restricted.id] }))
    expect(casesOf(member.lines).some(({ queueId }) => queueId === furniture.restricted.id)).toBe(true)
  })

  it('[SNAP-4] broken off anywhere, it goes on after the last whole chunk', async () => {
    const signed = await desk.person('agent')
    const whole = await fetchSnapshot(signed)
    const chunks = whole.lines.flatMap((line) => (line.type === 'chunk' ? [line] : []))
    for (const [index, chunk] of chunks.entries()) {
      if (chunk.resume === '') continue
      const rest = await fetchSnapshot(signed, chunk.resume)
      expect(rest.lines[0]).toEqual(whole.lines[0])
      expect(imagesOf(rest.lines)).toEqual(imagesOf(chunks.slice(index + 1)))
    }
  })

  it('[SNAP-5] what changed while it ran lies in the log after its cursor', async () => {
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    await at.hello()
    const { lines } = await fetchSnapshot(signed)
    const begin = lines[0]
    const id = randomUUID()
    await desk.save({ kind: 'customer', id }, makeCustomer({ id: id as never }))
    const reply = begin?.type === 'begin' ? valueOf(await at.ask('changes', { after: begin.cursor, limit: 100 })) : null
    const ids = reply && 'page' in reply ? reply.page.entries.map((entry) => entry.id) : []
    expect(ids).toContain(id)
  })

  it('[SNAP-6] one begun under another scope cannot be continued', async () => {
    const signed = await desk.person('agent')
    const { lines } = await fetchSnapshot(signed)
    const chunk = lines.find((line) => line.type === 'chunk')
    const other = await desk.person('lead')
    expect((await fetchSnapshot(other, chunk?.type === 'chunk' ? chunk.resume : '')).status).toBe(400)
    expect((await fetchSnapshot(signed, 'rubbish')).status).toBe(400)
  })

  it('[SNAP-7] a snapshot taken again comes from memory, as old as it says, and the log makes it exact', async () => {
    const signed = await desk.person('lead')
    const first = await fetchSnapshot(signed)
    const id = randomUUID()
    await desk.save({ kind: 'customer', id }, makeCustomer({ id: id as never }))
    const second = await fetchSnapshot(signed)
    expect(second.lines).toEqual(first.lines)
    const at = await desk.console(signed)
    await at.hello()
    const begin = second.lines[0]
    const reply = begin?.type === 'begin' ? valueOf(await at.ask('changes', { after: begin.cursor, limit: 1_000 })) : null
    expect(JSON.stringify(reply)).toContain(id)
  })

  it('[SNAP-7] ten consoles that ask at once get the same, whole', async () => {
    const signed = await desk.person('lead', { queueIds: [furniture.restricted.id] })
    const all = await Promise.all(Array.from({ length: 10 }, () => fetchSnapshot(signed)))
    for (const { lines } of all) expect(lines).toEqual(all[0]?.lines)
    expect(casesOf(all[0]?.lines ?? []).length).toBeGreaterThan(1_000)
  })

  it('[SNAP-8] uncompressed it says the same', async () => {
    const signed = await desk.person('engineer')
    const answer = await fetch(`${desk.app.url}/snapshot`, {
      headers: { authorization: `Bearer ${signed.session.accessToken}`, 'accept-encoding': 'identity' }
    })
    expect(answer.headers.get('content-encoding')).toBeNull()
    const { lines } = await fetchSnapshot(signed)
    const plain = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => SnapshotLineFrame.parse(JSON.parse(line)))
    expect(imagesOf(plain)).toEqual(imagesOf(lines))
  })
})

describe('pieces of a gzip file', () => {
  it('strung together in any number make one that unpacks to all of them', async () => {
    const texts = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('x'.repeat(70_000)), fc.constant('')), {
      maxLength: 8
    })
    await fc.assert(
      fc.asyncProperty(texts, async (some) => {
        const pieces = await Promise.all(some.map(gzipPiece))
        const chunks: Buffer[] = []
        for await (const chunk of gzipOf(inOrder(pieces))) chunks.push(chunk)
        return gunzipSync(Buffer.concat(chunks)).equals(Buffer.from(some.join('')))
      }),
      { numRuns: 200 }
    )
  })
})

async function* inOrder<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one)
}
