import { create } from 'zustand'

/** One line at the foot of the window that says what just happened. A problem stays until it is dismissed. */
type Notice = { readonly id: number; readonly tone: 'done' | 'problem'; readonly text: string }

const STAYS_FOR = 5_000

type Notices = {
  readonly notices: readonly Notice[]
  readonly say: (tone: Notice['tone'], text: string) => void
  readonly dismiss: (id: number) => void
}

let lastId = 0

export const useNotices = create<Notices>((set, get) => ({
  notices: [],
  say: (tone, text) => {
    const id = ++lastId
    set(({ notices }) => ({
      notices: [...notices.filter((notice) => notice.tone === 'problem' && notice.text !== text), { id, tone, text }].slice(-3)
    }))
    if (tone === 'done') setTimeout(() => get().dismiss(id), STAYS_FOR)
  },
  dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))
}))
