import { reportPresence, search } from './ask-server.ts'
import type { Asker, Core } from './core.ts'
import { drafts, dropDraft, saveDraft } from './drafts.ts'
import { takeNumber } from './numbers.ts'
import type { CommandStanding, Question } from './question.ts'
import { isSaved } from './saved.ts'
import { signIn, signOut } from './session.ts'
import { applyAgain, discard, submit } from './submit.ts'
import { unwatchTimeline, watchTimeline } from './timelines.ts'

/** Answers what a window asks, now or once disk or server have been heard. */
export function answerQuestion(core: Core, asker: Asker, question: Question): void {
  switch (question.name) {
    case 'signIn':
      return signIn(core, asker, question.body.name, question.body.password)
    case 'signOut':
      return signOut(core, asker, null)
    case 'submit':
      return submit(core, asker, question.body.commandId, question.body.commandType, question.body.recordId, question.body.payload)
    case 'takeNumber':
      return takeNumber(core, asker)
    case 'watchTimeline':
      return watchTimeline(core, asker, question.body.caseId)
    case 'unwatchTimeline':
      unwatchTimeline(core, asker.window, question.body.caseId)
      return core.answer(asker, { ok: true })
    case 'search':
      return search(core, asker, question.body.text, question.body.limit)
    case 'drafts':
      return drafts(core, asker)
    case 'saveDraft':
      return saveDraft(core, asker, question.body.draft)
    case 'dropDraft':
      return dropDraft(core, asker, question.body.id)
    case 'applyAgain':
      return applyAgain(core, asker, question.body.commandId, question.body.newId)
    case 'discard':
      return discard(core, asker, question.body.commandId)
    case 'presence':
      reportPresence(core, question.body)
      return core.answer(asker, { ok: true })
    case 'standing':
      return core.answer(
        asker,
        question.body.commandIds.map((id) => standing(core, id))
      )
  }
}

function standing(core: Core, commandId: string): CommandStanding {
  const entry = core.outbox.get(commandId)
  if (!entry) return { commandId, known: false, saved: false, answer: null }
  const { progress } = entry
  return { commandId, known: true, saved: isSaved(core, entry), answer: progress.at === 'queued' ? null : progress.answer }
}
