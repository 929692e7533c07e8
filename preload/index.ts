import { contextBridge, ipcRenderer } from 'electron'
import type { DeskChannel, DeskNotice } from '#shared/protocol/desk-api.ts'

/** The names of every channel, put in by the build. */
declare const __DESK_CHANNELS__: readonly DeskChannel[]

/** What main answers: see main/ipc.ts. */
type IpcAnswer = { readonly ok: true; readonly reply: unknown } | { readonly ok: false; readonly message: string }

const channels = __DESK_CHANNELS__.map((channel) => [
  channel,
  async (request: unknown): Promise<unknown> => {
    const answer = (await ipcRenderer.invoke(`desk:${channel}`, request)) as IpcAnswer
    if (answer.ok) return answer.reply
    throw new Error(answer.message)
  }
])

/** window.desk, exactly DeskApi: one function per channel, and the notices. Arguments are parsed in main, which trusts no page. */
contextBridge.exposeInMainWorld('desk', {
  ...Object.fromEntries(channels),
  onNotice: (listener: (notice: DeskNotice) => void) => {
    const forward = (_event: unknown, notice: DeskNotice) => listener(notice)
    ipcRenderer.on('desk:notice', forward)
    return () => {
      ipcRenderer.off('desk:notice', forward)
    }
  }
})
