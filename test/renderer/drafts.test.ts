import { describe, expect, it } from 'vitest'
import type { Instant } from '#shared/domain/instant.ts'
import { startParts } from '#renderer/store/start-parts.ts'
import { makeDesk } from '#test/make.ts'
import { makeClient } from './make-client.ts'

describe('drafts of a window', () => {
  it('[SYNC-15] leave the window with the person who wrote them and stay on the disk', () => {
    const { agent, lead } = makeDesk()
    const client = makeClient({ me: agent, images: [], now: () => 1_800_000_000_000 as Instant })
    const { drafts } = startParts(client, null)
    drafts.edit('composer:1', 'composer', null, { text: 'half a sentence' })
    expect(drafts.getState().byId.size).toBe(1)
    client.patch({ me: null })
    client.patch({ me: lead })
    expect(drafts.getState()).toMatchObject({ loaded: false, unsaved: null })
    expect(drafts.getState().byId.size).toBe(0)
    expect(client.savedDrafts.get('composer:1')).toMatchObject({ body: { text: 'half a sentence' } })
  })
})
