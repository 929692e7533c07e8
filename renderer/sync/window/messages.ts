import type { DeskChannel, DeskNotice } from '#shared/protocol/desk-api.ts'
import type { WindowMessage } from '../engine/effect.ts'
import type { AnswerTo, Question, QuestionName } from '../engine/question.ts'
import type { DiskLock } from '../engine-api.ts'

/** What a window sends to the engine. */
export type ToEngine =
  | { readonly type: 'attach' }
  /** The Web Lock that this window holds, and will hold for as long as it lives. */
  | { readonly type: 'alive'; readonly lock: string }
  /** Show the whole board: somebody began to listen. */
  | { readonly type: 'board' }
  | { readonly type: 'ask'; readonly ask: number; readonly question: Question }
  | { readonly type: 'unlock'; readonly ask: number; readonly passphrase: string }
  | { readonly type: 'ping'; readonly ping: number }
  | { readonly type: 'relayed'; readonly relay: number; readonly ok: true; readonly reply: unknown }
  | { readonly type: 'relayed'; readonly relay: number; readonly ok: false; readonly message: string }
  | { readonly type: 'notice'; readonly notice: DeskNotice }
  | { readonly type: 'leave' }

/** What the engine sends to a window. `relay` has the window ask its main process, which a worker cannot. */
export type ToWindow =
  | WindowMessage
  | { readonly type: 'answer'; readonly ask: number; readonly answer: AnswerTo<QuestionName> }
  | {
      readonly type: 'pong'
      readonly ping: number
      readonly mono: number
      /** The Web Lock the engine holds while it lives; null where there are none. */ readonly alive: string | null
    }
  | { readonly type: 'superseded' }
  | { readonly type: 'relay'; readonly relay: number; readonly channel: DeskChannel; readonly request: unknown }
  | { readonly type: 'lock'; readonly lock: DiskLock }

/** One end of a message channel, as MessagePort has it. */
export type Port<In, Out> = { readonly post: (message: Out) => void; readonly onMessage: (listener: (message: In) => void) => void }
