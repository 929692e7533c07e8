import type { Fact } from '#shared/domain/record.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { BoardState } from '#renderer/store/board.ts'
import { t } from '#renderer/strings/t.ts'
import { whenOf } from '#renderer/ui/time-words.ts'

type Names = Pick<BoardState, 'people' | 'queues' | 'contacts'>

/** A line of a case's history: what happened, as the rest of a sentence that begins with who did it, and the text that was written. */
export type FactWords = { readonly what: string; readonly text: string; readonly rows?: readonly (readonly [string, string, string])[] }

export function factWords(fact: Fact, names: Names, now: Instant): FactWords {
  switch (fact.type) {
    case 'caseOpened':
      return {
        what: `${t('timeline.fact.caseOpened', { channel: t(`channel.${fact.channel}`).toLowerCase(), severity: fact.severity })} ${t('timeline.fact.caseOpenedQueue', { queue: queueName(names, fact.queueId) })}`,
        text: fact.description
      }
    case 'caseAcknowledged':
      return plain(t('timeline.fact.caseAcknowledged'))
    case 'readBackGiven':
      return {
        what: t('timeline.fact.readBackGiven'),
        text: [fact.nextStep, fact.nextUpdateAt === null ? '' : t('timeline.fact.readBackNext', { at: whenOf(fact.nextUpdateAt, now) })]
          .filter(Boolean)
          .join('\n')
      }
    case 'caseAssigned':
      return plain(
        fact.assigneeId === null
          ? t('timeline.fact.caseAssignedQueue', { queue: queueName(names, fact.queueId) })
          : t('timeline.fact.caseAssigned', {
              person: names.people.get(fact.assigneeId)?.name ?? '–',
              queue: queueName(names, fact.queueId)
            })
      )
    case 'noteAdded':
      return { what: t('timeline.fact.noteAdded'), text: fact.text }
    case 'customerUpdated':
      return { what: t('timeline.fact.customerUpdated', { via: t(`timeline.via.${fact.via}`) }), text: fact.text }
    case 'customerContacted': {
      const contact = fact.contactId === null ? undefined : names.contacts.get(fact.contactId)?.name
      const via = t(`timeline.via.${fact.via}`)
      return {
        what: contact ? t('timeline.fact.customerContactedBy', { contact, via }) : t('timeline.fact.customerContacted', { via }),
        text: fact.text
      }
    }
    case 'severityRaised':
    case 'severityLowered':
      return { what: t(`timeline.fact.${fact.type}`, { from: fact.from, to: fact.to }), text: fact.reason }
    case 'waitStarted':
      return {
        what:
          fact.until === null
            ? t('timeline.fact.waitStartedOpen', { on: t(`waitingOn.${fact.on}`) })
            : t('timeline.fact.waitStarted', { on: t(`waitingOn.${fact.on}`), until: whenOf(fact.until, now) }),
        text: fact.question
      }
    case 'waitEnded':
      return plain(t(`timeline.fact.waitEnded.${fact.because}`))
    case 'caseResolved':
      return { what: t('timeline.fact.caseResolved', { code: t(`resolution.${fact.code}`).toLowerCase() }), text: fact.text }
    case 'caseClosed':
      return { what: t('timeline.fact.caseClosed'), text: fact.text }
    case 'caseReopened':
      return { what: t('timeline.fact.caseReopened', { cycle: fact.cycle }), text: fact.reason }
    case 'caseReturned':
      return plain(t('timeline.fact.caseReturned', { status: t(`status.${fact.to}`).toLowerCase() }))
    case 'detailsCorrected':
      return { what: t('timeline.fact.detailsCorrected'), text: fact.subject }
    case 'exportLineRecorded':
      return {
        what: t('timeline.fact.exportLineRecorded', { line: fact.line }),
        text: '',
        rows: Object.entries(fact.changes).map(([column, [from, to]]) => [column, from, to] as const)
      }
    case 'saved':
      return plain(t('timeline.fact.saved'))
    case 'removed':
      return plain(t('timeline.fact.removed'))
  }
}

function plain(what: string): FactWords {
  return { what, text: '' }
}

function queueName(names: Names, id: string): string {
  return names.queues.get(id)?.name ?? '–'
}
