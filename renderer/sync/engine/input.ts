import type { RecordImage } from '#shared/domain/record.ts'
import type { DeskNotice } from '#shared/protocol/desk-api.ts'
import type { SnapshotLine } from '#shared/protocol/snapshot.ts'
import type { Question } from './question.ts'
import type { StoredRow, StoreProblem } from './store-op.ts'

/**
 * Everything that can happen to the engine. Inputs come one at a time, each with a reading of both clocks; the engine reads no
 * clock, no disk and no network by itself, so the same inputs always give the same effects (SYNC-1).
 */
export type Input =
  | BootInput
  // windows
  | { readonly type: 'attached'; readonly window: number }
  /** A window begins to listen to the board. */
  | { readonly type: 'boardWanted'; readonly window: number }
  | { readonly type: 'detached'; readonly window: number }
  | { readonly type: 'asked'; readonly window: number; readonly ask: number; readonly question: Question }
  | { readonly type: 'power'; readonly event: Extract<DeskNotice, { type: 'power' }>['event'] }
  | { readonly type: 'serverAddress'; readonly url: string | null }
  // time
  | { readonly type: 'timer'; readonly timer: string }
  // the socket; `link` tells a live one from a dead one whose messages still arrive
  | { readonly type: 'linkOpened'; readonly link: number }
  | { readonly type: 'linkClosed'; readonly link: number; readonly reason: LinkEnd }
  | { readonly type: 'replied'; readonly link: number; readonly request: number; readonly reply: unknown }
  | { readonly type: 'heard'; readonly link: number; readonly event: string; readonly body: unknown }
  // HTTP
  | { readonly type: 'httpReplied'; readonly call: number; readonly status: number; readonly body: unknown }
  | { readonly type: 'httpFailed'; readonly call: number; readonly reason: string }
  | { readonly type: 'snapshotLine'; readonly download: number; readonly line: SnapshotLine; readonly raw: string | null }
  | { readonly type: 'snapshotEnded'; readonly download: number; readonly status: number | null }
  // disk
  | { readonly type: 'stored'; readonly ticket: number }
  | { readonly type: 'storeFailed'; readonly ticket: number; readonly problem: StoreProblem }
  /** Bytes this computer lets us write before its disk or our share of it is full. */
  | { readonly type: 'roomMeasured'; readonly bytes: number }
  | { readonly type: 'journaled'; readonly ticket: number }
  | { readonly type: 'journalFailed'; readonly ticket: number }
  | {
      readonly type: 'replicaOpened'
      readonly generation: number
      readonly rows: readonly StoredRow[]
      /** Keys only. */ readonly timelines: readonly string[]
    }
  | {
      readonly type: 'chunkLoaded'
      readonly generation: number
      readonly key: string
      readonly images: readonly RecordImage[]
      readonly raw: string
    }
  | { readonly type: 'chunkDamaged'; readonly generation: number; readonly key: string }
  | { readonly type: 'replicaLoaded'; readonly generation: number; readonly outcome: 'whole' | 'missing' | 'damaged' }
  | { readonly type: 'timelineRead'; readonly caseId: string; readonly generation: number; readonly values: readonly string[] }

/** Why a socket is gone. `unauthenticated`: the server did not take the token. */
export type LinkEnd = 'closed' | 'unreachable' | 'unauthenticated' | 'refused'

/** What the disk and this computer say at start. */
export type BootInput = {
  readonly type: 'boot'
  readonly installId: string
  readonly appVersion: string
  readonly serverUrl: string | null
  readonly credentials: string | null
  readonly vault: readonly StoredRow[]
  /** Rows that are there but cannot be read with this computer's key; they stay where they are. */
  readonly unreadableRows: number
  /** Null: this engine keeps no journal (a console without a main process). */
  readonly journal: { readonly lines: readonly { readonly line: number; readonly body: string }[]; readonly damaged: number } | null
}
