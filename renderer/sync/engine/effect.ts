import type { RecordRef } from '#shared/domain/record.ts'
import type { Presence } from '#shared/protocol/presence.ts'
import type { Answer } from '#shared/protocol/push.ts'
import type { RequestName, RequestOf } from '#shared/protocol/socket-events.ts'
import type { BoardRecord, CaseTimeline, EngineState } from '../engine-api.ts'
import type { AnswerTo, QuestionName } from './question.ts'
import type { DatabaseRef, Durability, StoreOp } from './store-op.ts'

/** Everything the engine wants done. Effects of one kind are carried out in the order given; each that can fail comes back as an input. */
export type Effect =
  // windows
  | { readonly type: 'answer'; readonly window: number; readonly ask: number; readonly answer: AnswerTo<QuestionName> }
  | { readonly type: 'tell'; readonly window: number | 'all'; readonly message: WindowMessage }
  // time
  | { readonly type: 'setTimer'; readonly timer: string; readonly delay: number }
  | { readonly type: 'clearTimer'; readonly timer: string }
  // socket
  | { readonly type: 'openLink'; readonly link: number; readonly url: string; readonly token: string }
  | { readonly type: 'closeLink'; readonly link: number }
  | SendEffect
  // HTTP
  | {
      readonly type: 'callHttp'
      readonly call: number
      readonly url: string
      readonly method: 'GET' | 'POST' | 'DELETE'
      readonly path: string
      readonly token: string | null
      readonly body: unknown
    }
  | {
      readonly type: 'startSnapshot'
      readonly download: number
      readonly url: string
      readonly token: string
      readonly resume: string | null
    }
  | { readonly type: 'stopSnapshot'; readonly download: number }
  // disk
  | {
      readonly type: 'store'
      readonly ticket: number
      readonly in: DatabaseRef
      readonly durability: Durability
      readonly ops: readonly StoreOp[]
    }
  | { readonly type: 'journal'; readonly ticket: number; readonly lines: readonly { readonly line: number; readonly body: string }[] }
  | { readonly type: 'trimJournal'; readonly through: number }
  | { readonly type: 'loadReplica'; readonly generation: number }
  | { readonly type: 'keepReplicas'; readonly generations: readonly number[] }
  | { readonly type: 'readTimeline'; readonly generation: number; readonly caseId: string; readonly keys: readonly string[] }
  | { readonly type: 'saveCredentials'; readonly value: string | null }
  /** Another engine owns the vault: this one falls silent and its windows turn to the other. */
  | { readonly type: 'superseded' }
  /** A bug was survived: what was being done, for the log. */
  | { readonly type: 'fault'; readonly doing: string; readonly error: unknown }

export type SendEffect = {
  readonly [N in RequestName]: {
    readonly type: 'send'
    readonly link: number
    readonly request: number
    readonly name: N
    readonly body: RequestOf<N>
  }
}[RequestName]

/** What the engine tells windows unasked. `clock` readings in `state` are of the engine's own monotonic clock. */
export type WindowMessage =
  | { readonly type: 'state'; readonly state: EngineState }
  | BoardMessage
  | { readonly type: 'presences'; readonly presences: readonly Presence[] }
  | { readonly type: 'timeline'; readonly timeline: CaseTimeline }
  | { readonly type: 'saved'; readonly commandIds: readonly string[] }
  | { readonly type: 'confirmed'; readonly answers: readonly Answer[] }

/** `raw` holds JSON arrays of images without pending work; text crosses to a window faster than cloned objects. */
export type BoardMessage = {
  readonly type: 'board'
  readonly reset: boolean
  readonly raw: string | null
  readonly records: readonly BoardRecord[]
  readonly gone: readonly RecordRef[]
  readonly complete: boolean
}
