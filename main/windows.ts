import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { DeskNotice } from '#shared/protocol/desk-api.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import type { Log } from './log.ts'
import { rememberedPlace, rememberPlace, type Place } from './window-place.ts'

export type WindowKind = 'console' | 'wall'

export type Windows = {
  readonly openConsole: () => void
  readonly openWall: () => void
  readonly kindOf: (contents: WebContents) => WindowKind
  readonly tellAll: (notice: DeskNotice) => void
  /** Tells the console that was used last, opening one when there is none; a notice that comes while a page loads waits for it. */
  readonly tellConsole: (notice: DeskNotice) => void
  readonly focusConsole: () => void
}

const PAGE = { console: 'index.html', wall: 'wall.html' } as const
const SIZE = { console: { width: 1280, height: 800 }, wall: { width: 1920, height: 1080 } } as const
const MAX_RELOADS = 3

export function createWindows(placesFolder: string, log: Log): Windows {
  const kinds = new Map<number, WindowKind>()
  const waiting = new Map<number, DeskNotice[]>()

  const open = (kind: WindowKind): BrowserWindow => {
    const place = beside(rememberedPlace(placesFolder, kind), all(kind).length)
    const area = kind === 'wall' ? wallArea() : null
    const window = new BrowserWindow({
      ...SIZE[kind],
      ...area,
      ...(place ? { x: place.x, y: place.y, width: place.width, height: place.height } : {}),
      minWidth: 960,
      minHeight: 600,
      // The page's own ground, so that the window does not flash before the first paint.
      backgroundColor: nativeTheme.shouldUseDarkColors || kind === 'wall' ? '#101418' : '#f6f7f9',
      title: 'Ringdown',
      webPreferences: {
        preload: join(app.getAppPath(), 'out', 'preload', 'index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        // Clocks and reconnects go on behind other windows.
        backgroundThrottling: false
      }
    })
    if (place?.maximized) window.maximize()
    const { id } = window.webContents
    kinds.set(id, kind)
    waiting.set(id, [])
    window.webContents.once('did-finish-load', () => {
      for (const notice of waiting.get(id) ?? []) window.webContents.send('desk:notice', notice)
      waiting.delete(id)
    })
    window.on('close', () => rememberPlace(placesFolder, kind, window, log))
    window.on('closed', () => {
      kinds.delete(id)
      waiting.delete(id)
    })
    reloadAfterCrash(window, log)
    void window.loadURL(`${APP_ORIGIN}/${PAGE[kind]}`)
    return window
  }

  const all = (kind: WindowKind) => BrowserWindow.getAllWindows().filter((window) => kinds.get(window.webContents.id) === kind)
  const lastConsole = () => all('console').find((window) => window.isFocused()) ?? all('console').at(-1)
  const focus = (window: BrowserWindow) => {
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const tell = (window: BrowserWindow, notice: DeskNotice) => {
    const queue = waiting.get(window.webContents.id)
    if (queue) queue.push(notice)
    else window.webContents.send('desk:notice', notice)
  }

  return {
    openConsole: () => void open('console'),
    openWall: () => {
      const wall = all('wall').at(0)
      if (wall) focus(wall)
      else open('wall')
    },
    kindOf: (contents) => kinds.get(contents.id) ?? 'console',
    tellAll: (notice) => {
      for (const window of BrowserWindow.getAllWindows()) tell(window, notice)
    },
    tellConsole: (notice) => {
      const window = lastConsole() ?? open('console')
      focus(window)
      tell(window, notice)
    },
    focusConsole: () => focus(lastConsole() ?? open('console'))
  }
}

/** A further window must not lie exactly over the one before. */
function beside(place: Place | null, windows: number): Place | null {
  return place === null || windows === 0 ? place : { ...place, x: place.x + 32 * windows, y: place.y + 32 * windows, maximized: false }
}

/** A wall goes to the screen that the console is not on, if there is one. */
function wallArea(): { x: number; y: number; width: number; height: number } | null {
  const primary = screen.getPrimaryDisplay()
  return screen.getAllDisplays().find((display) => display.id !== primary.id)?.workArea ?? null
}

/** A page that crashed is loaded again: drafts and outbox are on disk. One that keeps crashing is left, so that a person sees that something is wrong. */
function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let reloads = 0
  window.webContents.on('render-process-gone', (_event, details) => {
    log.error('page gone', { reason: details.reason, exitCode: details.exitCode, reloads })
    if (details.reason === 'clean-exit' || reloads >= MAX_RELOADS || window.isDestroyed()) return
    reloads += 1
    // Chromium is still tidying up after the page; a reload from within that ends the whole application.
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  })
}
