import { hash as argonHash, verify as argonVerify } from '@node-rs/argon2'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { SignJWT, jwtVerify } from 'jose'
import { z } from 'zod'
import { DAY, MINUTE, after } from '#shared/domain/instant.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Reply } from '#shared/protocol/problem.ts'
import type { Refresh, Session, SignIn } from '#shared/protocol/session.ts'
import type { Clock } from './clock.ts'
import { accountNamed } from './db/account.ts'
import { keepAudit } from './db/audit.ts'
import { endFamily, exchangeToken, familyLives, holderOf, keepToken } from './db/refresh-token.ts'
import type { Db } from './db/tables.ts'
import { problem, served } from './problem.ts'
import type { ProblemReply } from './problem.ts'
import { tokenBucket } from './token-bucket.ts'

const ACCESS_FOR = 10 * MINUTE
const REFRESH_FOR = 30 * DAY
/** Wrong passwords for one account from one address. Only failures count, so nobody can lock out somebody who sits elsewhere. */
const GUESSES = { burst: 5, perSecond: 0.1 }
/** Wrong passwords for one account from addresses it has not signed in from since this node started: many computers guessing together. */
const GUESSES_BY_STRANGERS = { burst: 100, perSecond: 0.05 }
/** Passwords being checked at once. Each takes a core for tens of milliseconds and 19 MB; a flood must not pile them up. */
const CHECKS_AT_ONCE = 64
const REMEMBERED_ADDRESSES = 10_000
const WRONG = 'The name or the password is wrong.'

const Claims = z.object({ sub: z.uuid(), sid: z.uuid() })
export type Bearer = { readonly personId: string; readonly family: string }

/** Who is signed in. Access tokens are short and self-contained; refresh tokens rotate, and using one twice ends the whole sign-in. */
export type Sessions = {
  readonly signIn: (request: SignIn, from: string) => Promise<Reply<Session>>
  readonly refresh: (request: Refresh, from: string) => Promise<Reply<Session>>
  readonly signOut: (bearer: Bearer) => Promise<void>
  /** Ends the sign-in that a refresh token stands for; whether there was one. */
  readonly signOutWith: (request: Refresh) => Promise<boolean>
  /** Who an access token speaks for, or null when it is not (or no longer) good. */
  readonly bearer: (accessToken: string) => Promise<Bearer | null>
  /** Whether a sign-in was ended since its access token was issued. */
  readonly lives: (bearer: Bearer) => Promise<boolean>
}

export type SessionPorts = {
  readonly db: Db
  readonly clock: Clock
  readonly key: Uint8Array
  readonly person: (id: string) => Promise<Person | undefined>
  /** Tells every node that a sign-in ended. */
  readonly ended: (family: string) => Promise<void>
}

export function sessions({ db, clock, key, person, ended }: SessionPorts): Sessions {
  const guesses = tokenBucket(GUESSES, clock)
  const guessesByStrangers = tokenBucket(GUESSES_BY_STRANGERS, clock)
  /** Account and address of successful sign-ins, the latest last. */
  const familiar = new Set<string>()
  let checking = 0

  const check = async (hash: string, password: string): Promise<boolean> => {
    checking += 1
    try {
      return await argonVerify(hash, password)
    } finally {
      checking -= 1
    }
  }
  const remember = (place: string) => {
    familiar.delete(place)
    familiar.add(place)
    if (familiar.size > REMEMBERED_ADDRESSES) familiar.delete(familiar.values().next().value ?? place)
  }

  const issue = async (family: string, me: Person, refresh: { readonly token: string; readonly expiresAt: number }): Promise<Session> => {
    const accessExpiresAt = after(clock.now(), ACCESS_FOR)
    const accessToken = await new SignJWT({ sid: family })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(me.id)
      .setIssuedAt(Math.floor(clock.now() / 1_000))
      .setExpirationTime(Math.floor(accessExpiresAt / 1_000))
      .sign(key)
    return {
      accessToken,
      accessExpiresAt,
      refreshToken: refresh.token,
      refreshExpiresAt: refresh.expiresAt as Session['refreshExpiresAt'],
      me
    }
  }

  return {
    signIn: async ({ name, password }, from) => {
      if (checking >= CHECKS_AT_ONCE) return problem('busy', 'Too many people sign in at this moment. Try again in a moment.', 1_000)
      const place = `${name.toLowerCase()} ${networkOf(from)}`
      // Taken before the password is checked and given back when it was right, so that guesses sent side by side count too.
      const wait = guesses.take(place) || (familiar.has(place) ? 0 : guessesByStrangers.take(name.toLowerCase()))
      if (wait > 0) return problem('rateLimited', 'Too many tries for this name. Wait a little, then try again.', wait)
      const account = await accountNamed(db, name)
      const right = await check(account?.passwordHash ?? (await decoyHash()), password)
      const me = account && right ? await person(account.personId) : undefined
      if (!account || !me?.active) {
        await keepAudit(db, { at: clock.now(), actorId: account?.personId ?? null, action: 'signInRefused', detail: { name, from } })
        return problem('unauthenticated', account && right ? 'This account was closed. Ask an administrator of the desk.' : WRONG)
      }
      guesses.reset(place)
      if (!familiar.has(place)) guessesByStrangers.giveBack(name.toLowerCase())
      remember(place)
      const family = randomUUID()
      const refresh = freshToken(clock)
      await keepToken(db, { hash: refresh.hash, family, personId: me.id, issuedAt: clock.now(), expiresAt: refresh.expiresAt })
      await keepAudit(db, { at: clock.now(), actorId: me.id, action: 'signedIn', detail: { from, family } })
      return served(await issue(family, me, refresh))
    },

    refresh: async ({ refreshToken }, from) => {
      const successor = freshToken(clock)
      const exchange = await exchangeToken(db, hashOf(refreshToken), successor, clock.now())
      if (exchange.outcome === 'unknown') return signInAgain()
      const { family, personId } = exchange
      if (exchange.outcome === 'reused') {
        await keepAudit(db, { at: clock.now(), actorId: personId, action: 'refreshTokenReused', detail: { from, family } })
        await ended(family)
        return signInAgain()
      }
      const me = await person(personId)
      if (!me?.active) {
        await endFamily(db, family)
        return problem('unauthenticated', 'This account was closed. Ask an administrator of the desk.')
      }
      return served(await issue(family, me, successor))
    },

    signOut: async ({ family, personId }) => {
      if (await endFamily(db, family)) await keepAudit(db, { at: clock.now(), actorId: personId, action: 'signedOut', detail: { family } })
      await ended(family)
    },

    signOutWith: async ({ refreshToken }) => {
      const holder = await holderOf(db, hashOf(refreshToken), clock.now())
      if (!holder || !(await endFamily(db, holder.family))) return false
      await keepAudit(db, { at: clock.now(), actorId: holder.personId, action: 'signedOut', detail: { family: holder.family } })
      await ended(holder.family)
      return true
    },

    bearer: async (accessToken) => {
      try {
        const { payload } = await jwtVerify(accessToken, key, { algorithms: ['HS256'], currentDate: new Date(clock.now()) })
        const claims = Claims.safeParse(payload)
        return claims.success ? { personId: claims.data.sub, family: claims.data.sid } : null
      } catch {
        // Not a token of ours, or past its time: the same answer for both.
        return null
      }
    },

    lives: ({ family }) => familyLives(db, family, clock.now())
  }
}

/** A password as it is kept: argon2id with its parameters in the text. */
export async function passwordHash(password: string): Promise<string> {
  return argonHash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 })
}

let decoy: Promise<string> | null = null
/** A name that does not exist takes as long as one that does. */
async function decoyHash(): Promise<string> {
  decoy ??= passwordHash(randomBytes(16).toString('hex'))
  return decoy
}

/** Where somebody is, for counting: one IPv4 address, or the network of an IPv6 one, of which a single computer has as many as it likes. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = address.split('::', 2)
  const before = head.split(':').filter(Boolean)
  const after = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after].slice(0, 4).join(':')
}

function signInAgain(): ProblemReply {
  return problem('unauthenticated', 'This sign-in has ended. Sign in again; work done on this console is kept.')
}

function freshToken(clock: Clock) {
  const token = randomBytes(32).toString('base64url')
  return { token, hash: hashOf(token), expiresAt: after(clock.now(), REFRESH_FOR) }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
