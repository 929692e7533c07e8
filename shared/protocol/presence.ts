import { z } from 'zod'
import { CaseId, ConsoleId, PersonId } from '#shared/domain/identity.ts'
import { Instant } from '#shared/domain/instant.ts'

/** What a console says its person is looking at; ephemeral, never stored. */
export const PresenceReport = z.object({ caseId: CaseId.nullable(), editing: z.boolean() })
export type PresenceReport = z.infer<typeof PresenceReport>

/** Who is where, as the server last heard it. A console whose connection was lost stays listed, with the instant, for ten minutes. */
export const Presence = z.object({
  consoleId: ConsoleId,
  personId: PersonId,
  caseId: CaseId.nullable(),
  editing: z.boolean(),
  since: Instant,
  lostAt: Instant.nullable()
})
export type Presence = z.infer<typeof Presence>
