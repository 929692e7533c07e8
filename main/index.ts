import { join } from 'node:path'
import { app, BrowserWindow, dialog, powerMonitor, type WebContents } from 'electron'
import { declareAppProtocol, serveApp } from './app-protocol.ts'
import { createAttention } from './attention.ts'
import { consoleId } from './console-id.ts'
import { openDataFolder, type DataFolder } from './data-folder.ts'
import { linkAmong, LINK_SCHEME, readLink } from './deep-link.ts'
import { startEmbeddedServer, type EmbeddedServer } from './embedded-server.ts'
import { openExternalLink } from './external-link.ts'
import { showFirstAccount } from './first-account.ts'
import { harden, refusedSwitch } from './hardening.ts'
import { answerIpc } from './ipc.ts'
import { openJournal } from './journal.ts'
import { asFacts, openLog, type Log } from './log.ts'
import { setMenu } from './menu.ts'
import { openSecrets } from './secrets.ts'
import { chosenServer } from './server-choice.ts'
import { showServerProblem } from './server-problem.ts'
import { WORDS } from './strings.ts'
import { createWindows, type Windows } from './windows.ts'

const folder = openDataFolder()
const log = openLog(folder.logs, 'main')

// Electron answers an uncaught exception with a modal box that stops the whole main process, the journal with it. The desk goes on, and the log has it.
process.on('uncaughtException', (error) => log.error('uncaught exception', asFacts(error)))
process.on('unhandledRejection', (reason) => log.error('unhandled rejection', asFacts(reason)))

const refused = refusedSwitch()
if (refused !== null) {
  process.stderr.write(`${WORDS.refusedSwitch(refused)}\n`)
  app.exit(1)
} else if (!app.requestSingleInstanceLock()) {
  // The first instance hears of this start and of its link through second-instance.
  app.quit()
} else {
  // Root cannot use the sandbox, and asking for it all the same would undo --no-sandbox and leave no process able to start. See the start log.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  declareAppProtocol()
  app.setAsDefaultProtocolClient(LINK_SCHEME)
  app.on('child-process-gone', (_event, details) => log.error('process gone', { ...details }))
  app
    .whenReady()
    .then(() => run(folder, log))
    .catch((error: unknown) => {
      log.error('start failed', asFacts(error))
      dialog.showErrorBox('Ringdown', error instanceof Error ? error.message : String(error))
      app.exit(1)
    })
}

async function run(data: DataFolder, mainLog: Log): Promise<void> {
  mainLog.info('start', {
    version: __APP_VERSION__,
    electron: process.versions.electron,
    sandbox: !app.commandLine.hasSwitch('no-sandbox')
  })
  harden(mainLog)
  const windows = createWindows(data.console, mainLog)
  const server = await deskServer(data, mainLog, windows)
  serveApp(join(app.getAppPath(), 'out', 'renderer'), () => server.origin)

  const secrets = openSecrets(data.console)
  const journal = await openJournal(join(data.console, 'outbox.journal'))
  const attention = createAttention(windows)
  const id = consoleId(data.console)
  const isKind = (sender: WebContents) => windows.kindOf(sender)

  answerIpc(
    {
      serverAddress: () => server.address(),
      consoleInfo: (_request, sender) => ({
        consoleId: id,
        appVersion: __APP_VERSION__,
        window: isKind(sender),
        platform: process.platform,
        keyProtection: secrets.protection(),
        fallbackElectron: major(process.versions.electron) !== major(__ELECTRON_WANTED__)
      }),
      dataKey: () => secrets.dataKey(),
      credentialsLoad: () => ({ value: secrets.loadCredentials() }),
      credentialsSave: ({ value }) => ({ kept: secrets.saveCredentials(value) }),
      journalAppend: async ({ lines }) => ({ synced: await journal.append(lines) }),
      journalRead: () => journal.read(),
      journalTrim: async ({ through }) => ({ kept: await journal.trim(through) }),
      openWall: () => {
        windows.openWall()
        return {}
      },
      openConsole: () => {
        windows.openConsole()
        return {}
      },
      openExternal: async ({ url }) => ({ opened: await openExternalLink(url) }),
      notify: (notice) => ({ shown: attention.notify(notice) }),
      badge: ({ breaches }) => {
        attention.badge(breaches)
        return {}
      }
    },
    mainLog
  )

  setMenu(windows)
  if (app.commandLine.hasSwitch('wall')) windows.openWall()
  if (!app.commandLine.hasSwitch('wall') || app.commandLine.hasSwitch('console')) windows.openConsole()
  followLinks(windows)
  powerMonitor.on('suspend', () => windows.tellAll({ type: 'power', event: 'suspend' }))
  powerMonitor.on('resume', () => windows.tellAll({ type: 'power', event: 'resume' }))
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) windows.openConsole()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  stopBeforeQuit(async () => {
    await journal.close()
    await server.stop()
  }, mainLog)
}

/** The desk's server: a remote one, or this computer's own. */
async function deskServer(data: DataFolder, mainLog: Log, windows: Windows): Promise<EmbeddedServer> {
  const remote = chosenServer(data.root)
  if (remote !== null) return { origin: remote, address: () => ({ kind: 'remote', url: remote }), tryAgain: () => {}, stop: async () => {} }
  const server = await startEmbeddedServer(data.root, mainLog, openLog(data.logs, 'server'), {
    changed: (address) => {
      windows.tellAll({ type: 'serverAddress', address })
      if (address.kind === 'embedded' && address.state === 'failed') void showServerProblem(address.problem ?? '', () => server.tryAgain())
    },
    firstAccount: (account) => void showFirstAccount(account)
  })
  return server
}

function followLinks(windows: Windows): void {
  const follow = (link: string | null) => {
    const notice = link === null ? null : readLink(link)
    if (notice !== null) windows.tellConsole(notice)
  }
  follow(linkAmong(process.argv))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    follow(url)
  })
  app.on('second-instance', (_event, argv) => {
    const link = linkAmong(argv)
    if (link === null) windows.focusConsole()
    else follow(link)
  })
}

/** Quitting waits for the database to be closed, once. */
function stopBeforeQuit(stop: () => Promise<void>, mainLog: Log): void {
  let state: 'running' | 'stopping' | 'stopped' = 'running'
  app.on('will-quit', (event) => {
    if (state === 'stopped') return
    event.preventDefault()
    if (state === 'stopping') return
    state = 'stopping'
    void stop()
      .catch((error: unknown) => mainLog.error('stop failed', asFacts(error)))
      .then(() => {
        state = 'stopped'
        mainLog.info('stopped')
        app.quit()
      })
  })
}

function major(version: string): string {
  return version.split('.')[0] ?? version
}
