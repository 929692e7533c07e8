import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Draft, EngineClient } from '#renderer/sync/engine-api.ts'

export type DraftKind = Draft['kind']

type DraftsState = {
  readonly byId: ReadonlyMap<string, Draft>
  /** False until the drafts on disk were read: an editor waits for them so that it never starts over a kept text. */
  readonly loaded: boolean
  /** Set while the disk refuses drafts; people must hear it. */
  readonly unsaved: string | null
}

export type Drafts = StoreApi<DraftsState> & {
  readonly load: () => Promise<void>
  /** Takes every draft off this window; on the disk they stay for their author. */
  readonly forget: () => void
  /** Merges fields into a draft and hands it to the disk at once; the draft is made when it does not exist. */
  readonly edit: (id: string, kind: DraftKind, caseId: string | null, fields: Draft['body']) => void
  readonly drop: (id: string) => void
}

/** The drafts of every editor of this window, each change of which goes to the disk. */
export function createDrafts(client: Pick<EngineClient, 'drafts' | 'saveDraft' | 'dropDraft' | 'now'>): Drafts {
  const store = createStore<DraftsState>(() => ({ byId: new Map(), loaded: false, unsaved: null }))
  const trouble = (error: unknown) => store.setState({ unsaved: error instanceof Error ? error.message : String(error) })

  return Object.assign(store, {
    load: async () => {
      const kept = await client.drafts()
      store.setState(({ byId }) => ({ byId: new Map([...kept.map((draft) => [draft.id, draft] as const), ...byId]), loaded: true }))
    },
    forget: () => store.setState({ byId: new Map(), loaded: false, unsaved: null }),
    edit: (id: string, kind: DraftKind, caseId: string | null, fields: Draft['body']) => {
      const known = store.getState().byId.get(id)
      const draft: Draft = { id, kind, caseId, body: { ...known?.body, ...fields }, changedAt: client.now() }
      store.setState(({ byId }) => ({ byId: new Map(byId).set(id, draft) }))
      client.saveDraft(draft).then(() => store.getState().unsaved !== null && store.setState({ unsaved: null }), trouble)
    },
    drop: (id: string) => {
      if (!store.getState().byId.has(id)) return
      store.setState(({ byId }) => {
        const rest = new Map(byId)
        rest.delete(id)
        return { byId: rest }
      })
      client.dropDraft(id).catch(trouble)
    }
  })
}
