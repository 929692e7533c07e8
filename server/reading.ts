import type { SearchReply, SearchRequest } from '#shared/protocol/search.ts'
import type { TimelineReply, TimelineRequest } from '#shared/protocol/timeline.ts'
import type { DeskStore } from './desk-store.ts'
import type { Visibility } from './visibility.ts'

/** The histories of the asked cases that this person may see. */
export async function timelines({ caseIds }: TimelineRequest, store: DeskStore, visibility: Visibility): Promise<TimelineReply> {
  const found = await store.readTimelines(caseIds)
  return {
    timelines: found
      .filter(({ image }) => visibility.sees(image))
      .map(({ caseId, image, entries }) => ({ caseId, version: image.version, entries }))
  }
}

/** Cases found by number or words, within this person's scope. */
export async function search({ text, limit }: SearchRequest, store: DeskStore, visibility: Visibility): Promise<SearchReply> {
  const found = await store.searchCases({ text, limit, hiddenQueueIds: visibility.hiddenQueueIds })
  return { cases: found.slice(0, limit).filter(visibility.sees), more: found.length > limit }
}
