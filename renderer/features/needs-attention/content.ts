import type { Command } from '#shared/domain/command.ts'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import type { Instant } from '#shared/domain/instant.ts'
import type { BoardState } from '#renderer/store/board.ts'
import { t } from '#renderer/strings/t.ts'
import { whenOf } from '#renderer/ui/time-words.ts'

/** What a command does, in the desk's words. */
export function nameOf(command: Command): string {
  return Object.hasOwn(COMMANDS, command.type) ? t(`attention.command.${command.type as CommandType}`) : t('attention.command.other')
}

/** Everything a command carries, labelled; identifiers are shown as the names they stand for and empty fields are left out. */
export function contentOf(command: Command, board: BoardState, now: Instant): readonly (readonly [label: string, text: string])[] {
  return Object.entries(command.payload).flatMap(([field, value]) => {
    const text = valueWords(field, value, board, now)
    return text === '' || HIDDEN.has(field) ? [] : [[fieldWords(field), text] as const]
  })
}

/** What the console adds for the decision and nobody wrote. */
const HIDDEN = new Set(['steps', 'expectedAssigneeId', 'seenContactAt', 'id'])

function fieldWords(field: string): string {
  const spaced = field
    .replace(/Ids?$/, '')
    .replaceAll(/([A-Z])/g, ' $1')
    .toLowerCase()
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

function valueWords(field: string, value: unknown, board: BoardState, now: Instant): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number') return /(At|until)$/i.test(field) ? whenOf(value as Instant, now) : String(value)
  if (typeof value === 'string') return nameFor(field, value, board) ?? value
  if (typeof value === 'boolean') return t(value ? 'settings.on' : 'settings.off')
  if (Array.isArray(value)) return value.map((entry: unknown) => valueWords(field, entry, board, now)).join(', ')
  return JSON.stringify(value)
}

function nameFor(field: string, id: string, board: BoardState): string | undefined {
  switch (field) {
    case 'customerId':
      return board.customers.get(id)?.name
    case 'contactId':
      return board.contacts.get(id)?.name
    case 'itemId':
      return board.items.get(id)?.name
    case 'queueId':
      return board.queues.get(id)?.name
    case 'assigneeId':
      return board.people.get(id)?.name
    default:
      return undefined
  }
}
