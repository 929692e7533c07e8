import { ipcRenderer } from 'electron'
import type { DeskApi } from '#shared/protocol/desk-api.ts'

export const read: DeskApi['journalRead'] = (request) => ipcRenderer.invoke('desk:journalRead', request)
