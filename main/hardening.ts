import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, session, type WebContents } from 'electron'
import { z } from 'zod'
import { APP_ORIGIN } from './app-protocol.ts'
import type { Log } from './log.ts'

const Manifest = z.object({ drivenByTests: z.boolean().optional() })

/** What our own pages may ask of Chromium: keep their storage, put a case number on the clipboard, fill the screen with the wall. All else is refused. */
const ALLOWED_PERMISSIONS = new Set(['persistent-storage', 'clipboard-sanitized-write', 'fullscreen'])

/**
 * Switches that open a door into a running console or weaken its engine. A release does not start with them; Playwright needs the first three, so a
 * package made for tests does.
 */
const REFUSED_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'js-flags',
  'load-extension',
  'disable-web-security',
  'allow-running-insecure-content',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors'
]

/** The switch that keeps a release from starting, null when all is well. */
export function refusedSwitch(): string | null {
  if (!app.isPackaged || isDrivenByTests()) return null
  return REFUSED_SWITCHES.find((name) => app.commandLine.hasSwitch(name)) ?? null
}

/** Deny by default, for every session and every page that will ever exist. Must run once the app is ready, before the first window. */
export function harden(log: Log): void {
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) => {
    answer(ALLOWED_PERMISSIONS.has(permission) && contents.getURL().startsWith(`${APP_ORIGIN}/`))
  })
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED_PERMISSIONS.has(permission) && isOurs(origin))
  session.defaultSession.setDevicePermissionHandler(() => false)
  // Chromium would fetch dictionaries from the Internet.
  session.defaultSession.setSpellCheckerEnabled(false)
  session.defaultSession.on('will-download', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => confine(contents, log))
}

function confine(contents: WebContents, log: Log): void {
  contents.on('will-navigate', (event) => {
    if (event.url.startsWith(`${APP_ORIGIN}/`)) return
    event.preventDefault()
    log.error('navigation refused', { url: event.url })
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    log.error('window refused', { url })
    return { action: 'deny' }
  })
}

function isOurs(origin: string): boolean {
  return origin === APP_ORIGIN || origin === `${APP_ORIGIN}/`
}

/** A package made with --driven says so in its manifest, inside the archive; nothing outside a package can open it up. */
function isDrivenByTests(): boolean {
  const manifest = Manifest.safeParse(JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8')))
  return manifest.data?.drivenByTests === true
}
