import type { CommandId } from '#shared/domain/identity.ts'
import type { PresenceReport } from '#shared/protocol/presence.ts'
import type { Answer } from '#shared/protocol/push.ts'
import type { SearchReply } from '#shared/protocol/search.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import type { Refusal } from '#shared/domain/refusal.ts'
import type { Draft } from '../engine-api.ts'

/** What a window may ask of the engine and what it is answered. Every question is answered exactly once. */
export type Questions = {
  readonly signIn: { readonly ask: { readonly name: string; readonly password: string }; readonly answer: Outcome }
  readonly signOut: { readonly ask: Record<string, never>; readonly answer: Outcome }
  /** The window makes the id, so that asking again after an engine died is the same command. */
  readonly submit: {
    readonly ask: {
      readonly commandId: CommandId
      readonly commandType: string
      readonly recordId: string
      readonly payload: { readonly [field: string]: unknown }
    }
    readonly answer: Submission
  }
  readonly takeNumber: {
    readonly ask: Record<string, never>
    readonly answer: { readonly number: string; readonly provisional: boolean } | { readonly problem: string }
  }
  readonly watchTimeline: { readonly ask: { readonly caseId: string }; readonly answer: Outcome }
  readonly unwatchTimeline: { readonly ask: { readonly caseId: string }; readonly answer: Outcome }
  readonly search: {
    readonly ask: { readonly text: string; readonly limit: number }
    readonly answer: SearchReply | { readonly unavailable: true }
  }
  readonly drafts: { readonly ask: Record<string, never>; readonly answer: readonly Draft[] }
  readonly saveDraft: { readonly ask: { readonly draft: Draft }; readonly answer: Outcome }
  readonly dropDraft: { readonly ask: { readonly id: string }; readonly answer: Outcome }
  readonly applyAgain: {
    readonly ask: { readonly commandId: CommandId; readonly newId: CommandId }
    readonly answer: Submission | { readonly problem: string }
  }
  readonly discard: { readonly ask: { readonly commandId: CommandId }; readonly answer: Outcome }
  readonly presence: { readonly ask: PresenceReport; readonly answer: Outcome }
  /** After an engine died, what became of commands whose promises a window still holds. */
  readonly standing: { readonly ask: { readonly commandIds: readonly string[] }; readonly answer: readonly CommandStanding[] }
}

export type QuestionName = keyof Questions
export type Question = { readonly [N in QuestionName]: { readonly name: N; readonly body: Questions[N]['ask'] } }[QuestionName]
export type AnswerTo<N extends QuestionName> = Questions[N]['answer']

export type Outcome = { readonly ok: true } | { readonly ok: false; readonly problem: string }
export type Submission =
  | { readonly accepted: true; readonly commandId: CommandId; readonly record: RecordRef }
  | { readonly accepted: false; readonly refusal: Refusal }
export type CommandStanding = {
  readonly commandId: string
  readonly known: boolean
  readonly saved: boolean
  readonly answer: Answer | null
}
