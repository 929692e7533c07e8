import { mkdirSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { app } from 'electron'

export type DataFolder = {
  /** Handed to the embedded server, which keeps its database below it. */
  readonly root: string
  /** Chromium's profile (replica, outbox, drafts) and this console's own files. */
  readonly console: string
  readonly logs: string
}

/**
 * Where everything this run writes goes: RINGDOWN_DATA, else the system's place for application data. Must be called before the app is ready, because
 * Chromium opens its profile there. A version run from source keeps apart from an installed one: an older Electron would wipe the newer one's storage.
 */
export function openDataFolder(): DataFolder {
  const named = process.env['RINGDOWN_DATA']
  if (named && !isAbsolute(named)) throw new Error(`RINGDOWN_DATA must be an absolute path, not ${named}`)
  const root = named || join(app.getPath('appData'), app.isPackaged ? 'Ringdown' : 'Ringdown from source')
  const folder = { root, console: join(root, 'console'), logs: join(root, 'logs') }
  // 0700: on a shared machine other people's accounts have no business here.
  for (const path of Object.values(folder)) mkdirSync(path, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder.console)
  app.setPath('sessionData', folder.console)
  app.setAppLogsPath(folder.logs)
  return folder
}
