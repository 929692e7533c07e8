import type { RecordImage } from '#shared/domain/record.ts'
import { Presence, PresenceReport } from '#shared/protocol/presence.ts'
import { keyOf } from './board.ts'
import type { Asker, Core } from './core.ts'
import { writeReplica } from './disk.ts'
import { cursorRow, fuzzyFrom } from './fuzzy.ts'
import { put } from './store-op.ts'
import { request } from './wire.ts'

/** Asks the server for cases that are not on this console; without a link there is no answer to be had now. */
export function search(core: Core, asker: Asker, text: string, limit: number): void {
  if (core.link.at !== 'up') return core.answer(asker, { unavailable: true })
  request(core, 'search', { text, limit }, { for: 'search', asker })
}

/** Found cases join the base, so that they can be worked on like any other; the feed keeps them current from here on. */
export function searchAnswered(core: Core, asker: Asker, value: unknown): void {
  const found = readCases(value)
  if (!found) return core.answer(asker, { unavailable: true })
  const { replica } = core
  if (replica && !core.loading) {
    const taken = found.cases.filter((image) => image.state !== null && core.board.take(image))
    for (const image of taken) core.tail.add(keyOf(image))
    if (taken.length > 0) core.replica = { ...replica, fuzzy: fuzzyFrom(core, replica.cursor) }
    writeReplica(core, replica.generation, [
      ...taken.map((image) => put('tail', keyOf(image), image)),
      ...(taken.length > 0 ? [put('meta', 'cursor', cursorRow(core.replica ?? replica))] : [])
    ])
    core.touch(taken.map(keyOf))
  }
  core.answer(asker, found)
}

export function reportPresence(core: Core, report: unknown): void {
  const parsed = PresenceReport.safeParse(report)
  if (!parsed.success) return
  core.presenceReport = parsed.data
  if (core.link.at === 'up') request(core, 'presence', parsed.data, { for: 'presence' })
}

export function presencesHeard(core: Core, value: unknown): void {
  const list = Presence.array().safeParse(value)
  if (!list.success) return
  core.presences = list.data
  core.do({ type: 'tell', window: 'all', message: { type: 'presences', presences: list.data } })
}

export function presenceAnswered(core: Core, value: unknown): void {
  if (typeof value === 'object' && value !== null && 'presences' in value) presencesHeard(core, value.presences)
}

function readCases(value: unknown): { readonly cases: readonly RecordImage<'case'>[]; readonly more: boolean } | null {
  if (typeof value !== 'object' || value === null || !('cases' in value) || !Array.isArray(value.cases)) return null
  return { cases: value.cases as readonly RecordImage<'case'>[], more: 'more' in value && value.more === true }
}
