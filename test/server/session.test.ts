import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '#shared/protocol/problem.ts'
import type { DeskInfo, Session } from '#shared/protocol/session.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'
import { firstBrokenAudit } from '#server/db/audit.ts'
import { endFamiliesOf } from '#server/db/refresh-token.ts'
import { tablesOf } from '#server/db/tables.ts'
import { PASSWORD, openDesk, post } from './desk.ts'
import type { TestDesk } from './desk.ts'

let desk: TestDesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const refresh = (refreshToken: string) => post(`${desk.app.url}/session/refresh`, { refreshToken })
const problemOf = async (answer: Response) => (await answer.json()) as Problem
const sessionOf = async (answer: Response) => (await answer.json()) as Session
const connects = async (session: Session) => {
  const person = { person: session.me, name: session.me.name, session }
  return (await desk.console(person)).hello()
}

async function connectFrom(origin: string, session: Session): Promise<string> {
  const auth = { token: session.accessToken }
  const socket = io(desk.app.url, { transports: ['websocket'], auth, extraHeaders: { origin }, forceNew: true, reconnection: false })
  try {
    return await new Promise((settle, reject) => {
      socket.once('connect', () => settle('connected'))
      socket.once('connect_error', reject)
    })
  } finally {
    socket.disconnect()
  }
}

describe('signing in', () => {
  it('[SESS-1] a wrong name and a wrong password are told apart by nobody', async () => {
    const { name } = await desk.person('agent')
    const wrong = await post(`${desk.app.url}/session`, { name, password: 'not it' })
    const unknown = await post(`${desk.app.url}/session`, { name: `nobody ${randomUUID()}`, password: 'not it' })
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await problemOf(wrong)).toEqual(await problemOf(unknown))
  })

  it('[SESS-2] a refresh token works once and brings the next', async () => {
    const { session } = await desk.person('agent')
    const next = await sessionOf(await refresh(session.refreshToken))
    expect(next.refreshToken).not.toBe(session.refreshToken)
    expect(next.me).toEqual(session.me)
    expect((await refresh(next.refreshToken)).status).toBe(200)
    await connects(next)
  })

  it('[SESS-3] a spent token used again after its successor ends the whole sign-in, lines included', async () => {
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    await at.hello()
    const next = await sessionOf(await refresh(signed.session.refreshToken))
    const third = await sessionOf(await refresh(next.refreshToken))
    expect((await refresh(signed.session.refreshToken)).status).toBe(401)
    expect((await refresh(third.refreshToken)).status).toBe(401)
    await at.gone()
    expect(at.ended).toMatchObject([{ code: 'unauthenticated' }])
  })

  it('[SESS-4] an answer lost on the way is asked for again with the same token', async () => {
    const { session } = await desk.person('agent')
    const lost = await sessionOf(await refresh(session.refreshToken))
    const again = await refresh(session.refreshToken)
    expect(again.status).toBe(200)
    expect((await refresh(lost.refreshToken)).status).toBe(401)
  })

  it('[SESS-5] a closed account neither signs in nor goes on', async () => {
    const { person, name, session } = await desk.person('agent')
    await desk.save({ kind: 'person', id: person.id }, { ...person, active: false })
    expect((await post(`${desk.app.url}/session`, { name, password: PASSWORD })).status).toBe(401)
    expect((await refresh(session.refreshToken)).status).toBe(401)
  })

  it('[SESS-6] guessing one account’s password is slowed down', async () => {
    const { name } = await desk.person('agent')
    const answers = []
    for (let turn = 0; turn < 7; turn++) answers.push(await post(`${desk.app.url}/session`, { name, password: `guess ${turn}` }))
    expect(answers.map(({ status }) => status)).toContain(429)
    expect(answers.at(-1)?.headers.get('retry-after')).not.toBeNull()
    expect((await post(`${desk.app.url}/session`, { name, password: PASSWORD })).status).toBe(429)
  })

  it('[SESS-6] only failures count, by account and address, and nobody else is locked out', async () => {
    const proxied = await openDesk({ database: desk.database, trustProxy: true })
    try {
      const { name } = await desk.person('agent')
      const from = (address: string, password: string) =>
        post(`${proxied.app.url}/session`, { name, password }, { 'x-forwarded-for': address }).then(({ status }) => status)
      for (let turn = 0; turn < 8; turn++) expect(await from('203.0.113.1', PASSWORD)).toBe(200)
      for (let turn = 0; turn < 5; turn++) expect(await from('203.0.113.7', `guess ${turn}`)).toBe(401)
      expect(await from('203.0.113.7', PASSWORD)).toBe(429)
      expect(await from('198.51.100.99, 203.0.113.7', PASSWORD)).toBe(429)
      expect(await from('203.0.113.1', PASSWORD)).toBe(200)
      for (let turn = 0; turn < 5; turn++) expect(await from(`2001:db8:1:2::${turn + 1}`, `guess ${turn}`)).toBe(401)
      expect(await from('2001:db8:1:2:ffff::1', 'guess')).toBe(429)
      expect(await from('2001:db8:1:3::1', PASSWORD)).toBe(200)
    } finally {
      await proxied.close()
    }
  })

  it('[SESS-10] many addresses guessing at one account are slowed down, its own place is not', async () => {
    const proxied = await openDesk({ database: desk.database, trustProxy: true })
    try {
      const { name } = await desk.person('agent')
      const from = (address: string, password: string) =>
        post(`${proxied.app.url}/session`, { name, password }, { 'x-forwarded-for': address }).then(({ status }) => status)
      expect(await from('203.0.113.1', PASSWORD)).toBe(200)
      const guesses: number[] = []
      for (let round = 0; round < 11; round++)
        guesses.push(...(await Promise.all(Array.from({ length: 10 }, (_, turn) => from(`198.51.${round}.${turn}`, 'guess')))))
      expect(guesses.slice(0, 100).every((status) => status === 401)).toBe(true)
      expect(guesses.slice(100)).toContain(429)
      expect(await from('203.0.113.1', PASSWORD)).toBe(200)
    } finally {
      await proxied.close()
    }
  })

  it('[SESS-7] no secret reaches the database or the log', async () => {
    const { session, name } = await desk.person('agent')
    await refresh(session.refreshToken)
    await post(`${desk.app.url}/session`, { name, password: 'a planted secret' })
    const { rows } = await desk.database.pool.query<{ line: string }>(
      `select t::text as line from account t union all select t::text from refresh_token t union all select t::text from audit t`
    )
    const everything = [...rows.map(({ line }) => line), ...desk.lines].join('\n')
    for (const secret of [PASSWORD, 'a planted secret', session.refreshToken, session.accessToken]) expect(everything).not.toContain(secret)
    expect(rows.some(({ line }) => line.includes('$argon2id$'))).toBe(true)
  })

  it('[SESS-8] signing out ends the sign-in on every node', async () => {
    const other = await openDesk({ database: desk.database })
    try {
      const signed = await desk.person('agent')
      const there = await other.console(signed)
      await there.hello()
      const out = await fetch(`${desk.app.url}/session`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${signed.session.accessToken}` }
      })
      expect(out.status).toBe(204)
      await there.gone()
      expect(there.ended).toMatchObject([{ code: 'unauthenticated' }])
      expect((await refresh(signed.session.refreshToken)).status).toBe(401)
      await expect(desk.console(signed)).rejects.toThrow('Sign in first')
    } finally {
      await other.close()
    }
  })

  it('[SESS-9] what people did is on the audit trail, and a changed line shows', async () => {
    const db = tablesOf(desk.database.pool)
    const { person, name } = await desk.person('agent')
    await post(`${desk.app.url}/session`, { name, password: 'not it' })
    const lines = await db.selectFrom('audit').select(['id', 'action']).where('actor_id', '=', person.id).orderBy('id').execute()
    expect(lines.map(({ action }) => action)).toEqual(['signedIn', 'signInRefused'])
    expect(await firstBrokenAudit(db)).toBeNull()
    const middle = lines[0]?.id ?? 0
    await db.updateTable('audit').set({ action: 'nothingHappened' }).where('id', '=', middle).execute()
    expect(await firstBrokenAudit(db)).toBe(middle)
    await db.updateTable('audit').set({ action: 'signedIn' }).where('id', '=', middle).execute()
  })

  it('[SESS-11] somebody whose access token has passed its time still signs out', async () => {
    const { session } = await desk.person('agent')
    const out = (refreshToken: string) =>
      fetch(`${desk.app.url}/session`, {
        method: 'DELETE',
        headers: { authorization: 'Bearer of-yesterday', 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken })
      }).then(({ status }) => status)
    expect(await out('r'.repeat(43))).toBe(401)
    expect(await out(session.refreshToken)).toBe(204)
    expect((await refresh(session.refreshToken)).status).toBe(401)
  })

  it('[SESS-12] a line does not outlive its sign-in when the word of its end was lost', async () => {
    const signed = await desk.person('agent')
    const other = await desk.person('agent')
    const [gone, stays] = [await desk.console(signed), await desk.console(other)]
    await gone.hello()
    await desk.database.pool.query('delete from refresh_token where person_id = $1', [signed.person.id])
    await desk.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ringdown listen' and datname = current_database()`
    )
    await gone.gone()
    expect(gone.ended).toMatchObject([{ code: 'unauthenticated' }])
    expect(stays.socket.connected).toBe(true)
  })

  it('[SESS-13] a new password ends every sign-in that the old one began', async () => {
    const signed = await desk.person('agent')
    const at = await desk.console(signed)
    await endFamiliesOf(tablesOf(desk.database.pool), signed.person.id)
    await at.gone()
    expect((await refresh(signed.session.refreshToken)).status).toBe(401)
  })

  it('[CONN-1] no line opens without a good token, nor for another web origin', async () => {
    const { person, name, session } = await desk.person('agent')
    const forged = `${session.accessToken.slice(0, -2)}xx`
    await expect(desk.console({ person, name, session: { ...session, accessToken: forged } })).rejects.toThrow('Sign in first')
    await expect(desk.console({ person, name, session: { ...session, accessToken: '' } })).rejects.toThrow('Sign in first')
    await expect(connectFrom('https://elsewhere.example', session)).rejects.toThrow()
    await expect(connectFrom('app://ringdown', session)).resolves.toBe('connected')
  })
})

describe('the HTTP side', () => {
  it('[HTTP-1] says what a sign-in screen may know, and no sample password on a real desk', async () => {
    const info = (await (await fetch(`${desk.app.url}/desk`)).json()) as DeskInfo
    expect(info).toMatchObject({ protocol: PROTOCOL_VERSION, sampleAccounts: [] })
  })

  it('[HTTP-2] answers liveness, readiness and metrics', async () => {
    expect((await fetch(`${desk.app.url}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${desk.app.url}/readyz`)).json()).toEqual({ ready: true })
    expect(await (await fetch(`${desk.app.url}/metrics`)).text()).toMatch(/ringdown_revision \d+/)
  })

  it('[HTTP-3] lets the console’s origin read answers, and no other', async () => {
    const allowed = async (origin: string) =>
      (await fetch(`${desk.app.url}/desk`, { headers: { origin } })).headers.get('access-control-allow-origin')
    expect(await allowed('app://ringdown')).toBe('app://ringdown')
    expect(await allowed('https://elsewhere.example')).toBeNull()
  })

  it('[HTTP-5] does nothing for a page of another origin', async () => {
    const { name } = await desk.person('agent')
    const asked = (origin: string) => post(`${desk.app.url}/session`, { name, password: PASSWORD }, { origin }).then(({ status }) => status)
    expect(await asked('https://elsewhere.example')).toBe(403)
    expect(await asked('app://ringdown')).toBe(200)
  })

  it('[HTTP-4] answers nonsense with a problem that says what to do', async () => {
    const body = await post(`${desk.app.url}/session`, { name: 7 })
    expect([body.status, (await problemOf(body)).code]).toEqual([400, 'badRequest'])
    const broken = await fetch(`${desk.app.url}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
    expect(broken.status).toBe(400)
    const huge = await post(`${desk.app.url}/session`, { name: 'x', password: 'y'.repeat(100_000) })
    expect(huge.status).toBe(400)
    expect((await fetch(`${desk.app.url}/nowhere`)).status).toBe(404)
    expect((await fetch(`${desk.app.url}/snapshot`)).status).toBe(401)
  })
})
