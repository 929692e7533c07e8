import { createInterface } from 'node:readline/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { ImportAnswer } from '#server/import/batch.ts'
import { Problem } from '#shared/protocol/problem.ts'
import { Session } from '#shared/protocol/session.ts'
import type { Delivery } from './delivery.ts'
import { DeliveryProblem } from './delivery-problem.ts'

const TRIES = 8
const TIME_LIMIT = 60_000

/** Delivers through POST /import/batch of a server, signed in as an admin. A batch that gets no answer is sent again: it is harmless. */
export async function openRemote(server: string, system: string): Promise<Delivery> {
  const url = serverUrl(server)
  const access = await openAccess(url)
  let delivered = 0
  return {
    close: access.close,
    send: async (lines) => {
      const body = JSON.stringify({ format: 'servicenow', system, lines })
      const kept = delivered === 0 ? 'Nothing was imported.' : `Lines before ${lines[0]?.line} are loaded; the same command continues.`
      let why = ''
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        const answer = await ask(url, 'import/batch', body, await access.token())
        if (answer.status === 200) {
          delivered += 1
          return ImportAnswer.parse(answer.body)
        }
        const problem = Problem.safeParse(answer.body).data
        why = problem?.message ?? answer.why
        if (answer.status === 401 && (await access.renew())) continue
        if (problem && !['busy', 'unavailable', 'rateLimited'].includes(problem.code))
          throw new DeliveryProblem(`${server} does not take the import: ${why} ${kept}`)
        await wait(problem?.retryAfter ?? Math.min(10_000, 250 * 2 ** attempt))
      }
      throw new DeliveryProblem(`${server} could not be reached or did not answer: ${why} ${kept}`)
    }
  }
}

type Access = { readonly token: () => Promise<string>; readonly renew: () => Promise<boolean>; readonly close: () => Promise<void> }

/** A given token is used as it is; a name and password become a session that is refreshed as it ages and signed out at the end. */
async function openAccess(url: URL): Promise<Access> {
  const given = process.env['RINGDOWN_TOKEN']
  if (given) return { token: async () => given, renew: async () => false, close: async () => undefined }
  const name = process.env['RINGDOWN_NAME'] ?? (await prompted('Name: ', false))
  const password = process.env['RINGDOWN_PASSWORD'] ?? (await prompted('Password: ', true))
  let session = await signIn(url, 'session', { name, password })
  const renew = async () => {
    session = await signIn(url, 'session/refresh', { refreshToken: session.refreshToken })
    return true
  }
  return {
    token: async () => {
      if (session.accessExpiresAt - Date.now() < TIME_LIMIT) await renew()
      return session.accessToken
    },
    renew,
    close: async () => {
      await fetch(new URL('session', url), {
        method: 'DELETE',
        headers: { authorization: `Bearer ${session.accessToken}` },
        signal: AbortSignal.timeout(10_000)
      }).catch(
        // The session ends by itself; an import that is done does not fail for it.
        () => undefined
      )
    }
  }
}

async function signIn(url: URL, path: string, body: object): Promise<Session> {
  const answer = await ask(url, path, JSON.stringify(body), null)
  if (answer.status === 200) return Session.parse(answer.body)
  const why = Problem.safeParse(answer.body).data?.message ?? answer.why
  throw new DeliveryProblem(`Could not sign in at ${url.href}: ${why} What was loaded stays; the same command continues.`)
}

type Answer = { readonly status: number; readonly body: unknown; readonly why: string }

async function ask(url: URL, path: string, body: string, token: string | null): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }
  try {
    const response = await fetch(new URL(path, url), { method: 'POST', headers, body, signal: AbortSignal.timeout(TIME_LIMIT) })
    const text = await response.text()
    return { status: response.status, body: parsed(text), why: `it answered ${response.status}.` }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
    return { status: 0, body: null, why: `${(error as Error).message}${cause ? ` (${cause})` : ''}.` }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not from our server: the status says enough.
    return null
  }
}

function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new DeliveryProblem(`"${text}" is not the address of a server, such as http://127.0.0.1:4310. Nothing was imported.`)
  return new URL(url.href.endsWith('/') ? url.href : `${url.href}/`)
}

async function prompted(question: string, secret: boolean): Promise<string> {
  if (!process.stdin.isTTY)
    throw new DeliveryProblem(
      'Importing through a server needs a sign-in: set RINGDOWN_TOKEN, or RINGDOWN_NAME and RINGDOWN_PASSWORD. Nothing was imported.'
    )
  const terminal = createInterface({ input: process.stdin, output: secret ? undefined : process.stderr, terminal: true })
  if (secret) process.stderr.write(question)
  const answer = await terminal.question(secret ? '' : question)
  terminal.close()
  if (secret) process.stderr.write('\n')
  return answer
}
