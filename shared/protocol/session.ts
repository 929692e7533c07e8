import { z } from 'zod'
import { Person } from '#shared/domain/directory/person.ts'
import { Instant } from '#shared/domain/instant.ts'

/** POST /session: sign in with a local account. */
export const SignIn = z.object({ name: z.string().trim().min(1).max(120), password: z.string().min(1).max(1_000) })
export type SignIn = z.infer<typeof SignIn>

/** POST /session/refresh: each refresh token works once; using an old one again ends the whole family. */
export const Refresh = z.object({ refreshToken: z.string().min(20).max(400) })
export type Refresh = z.infer<typeof Refresh>

export const Session = z.object({
  accessToken: z.string(),
  accessExpiresAt: Instant,
  refreshToken: z.string(),
  refreshExpiresAt: Instant,
  me: Person
})
export type Session = z.infer<typeof Session>

/** GET /desk: what a sign-in screen may know without signing in. `sampleAccounts` is empty unless this is the sample desk. */
export const DeskInfo = z.object({
  deskId: z.string(),
  name: z.string(),
  version: z.string(),
  protocol: z.number().int(),
  sampleAccounts: z.array(z.object({ name: z.string(), password: z.string(), person: z.string(), role: z.string() }))
})
export type DeskInfo = z.infer<typeof DeskInfo>
