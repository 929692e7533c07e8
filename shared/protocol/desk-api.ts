import { z } from 'zod'

/**
 * window.desk: every IPC channel between a window and the main process as name: { request, reply }. Both ends infer their types
 * from here; main parses every request with its schema and checks the sender once, in one wrapper.
 */
const nothing = z.object({})

export const ServerAddress = z.discriminatedUnion('kind', [
  /** The backend of this machine, forked by the app. `starting` carries no address yet. */
  z.object({
    kind: z.literal('embedded'),
    state: z.enum(['starting', 'ready', 'failed']),
    url: z.string().nullable(),
    problem: z.string().nullable()
  }),
  z.object({ kind: z.literal('remote'), url: z.string() })
])
export type ServerAddress = z.infer<typeof ServerAddress>

/** How secrets can be kept on this machine (safeStorage). `memoryOnly`: no keyring, so a passphrase is asked for and tokens are not kept. */
export const KeyProtection = z.enum(['keyring', 'memoryOnly'])

/** One line of the outbox journal: opaque to the main process, encrypted by the engine before it gets here. */
export const JournalLine = z.object({ sequence: z.number().int().min(0), body: z.string().max(400_000) })
export type JournalLine = z.infer<typeof JournalLine>

export const DESK_API = {
  serverAddress: { request: nothing, reply: ServerAddress },
  /** The console's own facts: installation id (one per OS user profile), version, which window this is. */
  consoleInfo: {
    request: nothing,
    reply: z.object({
      consoleId: z.string(),
      appVersion: z.string(),
      window: z.enum(['console', 'wall']),
      platform: z.string(),
      keyProtection: KeyProtection,
      fallbackElectron: z.boolean()
    })
  },
  /** The data key that encrypts replica, outbox and drafts (base64, 32 bytes), made once and wrapped by safeStorage; null when there is no keyring and a passphrase must be asked for. */
  dataKey: { request: nothing, reply: z.object({ key: z.string().nullable(), salt: z.string() }) },
  credentialsLoad: { request: nothing, reply: z.object({ value: z.string().max(20_000).nullable() }) },
  credentialsSave: {
    request: z.object({ value: z.string().max(20_000).nullable() }),
    reply: z.object({ kept: z.enum(['keyring', 'memory', 'cleared']) })
  },
  /** Appends and fsyncs; the reply means the bytes are on the disk. */
  journalAppend: { request: z.object({ lines: z.array(JournalLine).min(1).max(200) }), reply: z.object({ synced: z.number().int() }) },
  journalRead: { request: nothing, reply: z.object({ lines: z.array(JournalLine), damagedBytes: z.number().int() }) },
  /** Drops lines up to and including this sequence (they are answered and past retention): rewrite, fsync, rename. */
  journalTrim: { request: z.object({ through: z.number().int().min(0) }), reply: z.object({ kept: z.number().int() }) },
  openWall: { request: nothing, reply: nothing },
  openConsole: { request: nothing, reply: nothing },
  openExternal: { request: z.object({ url: z.string().max(2_000) }), reply: z.object({ opened: z.boolean() }) },
  notify: {
    request: z.object({ title: z.string().max(200), body: z.string().max(1_000), caseNumber: z.string().max(40).nullable() }),
    reply: z.object({ shown: z.boolean() })
  },
  badge: { request: z.object({ breaches: z.number().int().min(0) }), reply: nothing }
} as const

export type DeskChannel = keyof typeof DESK_API
export type DeskRequest<C extends DeskChannel> = z.infer<(typeof DESK_API)[C]['request']>
export type DeskReply<C extends DeskChannel> = z.infer<(typeof DESK_API)[C]['reply']>

/** What main tells a window unasked. */
export type DeskNotice =
  | { readonly type: 'serverAddress'; readonly address: ServerAddress }
  | { readonly type: 'call'; readonly from: string | null; readonly to: string | null; readonly callId: string | null }
  | { readonly type: 'openCase'; readonly number: string }
  | { readonly type: 'menu'; readonly action: 'newCase' | 'palette' | 'signOut' | 'about' }
  | { readonly type: 'power'; readonly event: 'suspend' | 'resume' }

/** The preload exposes exactly this. */
export type DeskApi = { readonly [C in DeskChannel]: (request: DeskRequest<C>) => Promise<DeskReply<C>> } & {
  readonly onNotice: (listener: (notice: DeskNotice) => void) => () => void
}
