import { MINUTE, DAY } from '#shared/domain/instant.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { Person } from '#shared/domain/directory/person.ts'
import type { Session } from '#shared/protocol/session.ts'

const ACCESS_FOR = 10 * MINUTE
const REFRESH_FOR = 30 * DAY
/** A console that did not get the answer may exchange the same token again this long, while the successor is unused. */
const REPEAT_WITHIN = 2 * MINUTE

type Family = { readonly personId: string; ended: boolean }
type Token = { readonly family: Family; readonly expiresAt: number; spentAt: number | null; successor: string | null }

/** Sign-in as consoles see it: short access tokens, rotating refresh tokens. Passwords and signatures are an edge of this world; who a token speaks for is not. */
export class SignInDesk {
  private readonly access = new Map<string, { readonly family: Family; readonly expiresAt: number }>()
  private readonly refresh = new Map<string, Token>()
  private issued = 0

  signIn(me: Person, now: Instant): Session {
    return this.issue({ personId: me.id, ended: false }, me, now)
  }

  /** The next pair of tokens, or null when the console must ask its person to sign in again. */
  renew(refreshToken: string, now: Instant, person: (id: string) => Person | undefined): Session | null {
    const token = this.refresh.get(refreshToken)
    if (!token || token.family.ended || token.expiresAt <= now) return null
    if (token.spentAt !== null) {
      const successor = token.successor === null ? undefined : this.refresh.get(token.successor)
      if (now - token.spentAt >= REPEAT_WITHIN || !successor || successor.spentAt !== null) {
        token.family.ended = true
        return null
      }
      this.refresh.delete(token.successor ?? '')
    }
    token.spentAt ??= now
    const me = person(token.family.personId)
    if (!me?.active) return null
    const session = this.issue(token.family, me, now)
    token.successor = session.refreshToken
    return session
  }

  /** Whose connection this would be; null turns it away. */
  bearer(accessToken: string, now: Instant): string | null {
    const token = this.access.get(accessToken)
    return token && !token.family.ended && token.expiresAt > now ? token.family.personId : null
  }

  end(accessToken: string): void {
    const token = this.access.get(accessToken)
    if (token) token.family.ended = true
  }

  /** Every access token of this person runs out now; with `family`, their sign-ins end too. */
  expire(personId: string, family: boolean): void {
    for (const [text, token] of this.access) {
      if (token.family.personId !== personId) continue
      this.access.delete(text)
      if (family) token.family.ended = true
    }
  }

  /** Where the desk's sign-ins stand, for a backup. */
  mark(): number {
    return this.issued
  }

  /** The desk was put back to then: sign-ins begun or renewed since are unknown to it. */
  forgetAfter(mark: number): void {
    for (const text of this.refresh.keys()) if (Number(text.slice(text.lastIndexOf('-') + 1)) > mark) this.refresh.delete(text)
  }

  private issue(family: Family, me: Person, now: Instant): Session {
    this.issued += 1
    const session: Session = {
      accessToken: `access-${this.issued}`,
      accessExpiresAt: (now + ACCESS_FOR) as Instant,
      refreshToken: `refresh-token-number-${this.issued}`,
      refreshExpiresAt: (now + REFRESH_FOR) as Instant,
      me
    }
    this.access.set(session.accessToken, { family, expiresAt: session.accessExpiresAt })
    this.refresh.set(session.refreshToken, { family, expiresAt: session.refreshExpiresAt, spentAt: null, successor: null })
    return session
  }
}
