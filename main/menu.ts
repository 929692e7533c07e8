import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import type { DeskNotice } from '#shared/protocol/desk-api.ts'
import { WORDS } from './strings.ts'
import type { Windows } from './windows.ts'

/** Every item has an id, so that a test can click it. Accelerators that the pages handle themselves are shown here but not registered twice. */
export function setMenu(windows: Windows): void {
  const tell = (action: Extract<DeskNotice, { type: 'menu' }>['action']) => () => windows.tellConsole({ type: 'menu', action })
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: WORDS.file,
      submenu: [
        { id: 'newCase', label: WORDS.newCase, accelerator: 'CmdOrCtrl+N', click: tell('newCase') },
        { id: 'newWindow', label: WORDS.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: windows.openConsole },
        { id: 'openWall', label: WORDS.openWall, click: windows.openWall },
        separator,
        { id: 'signOut', label: WORDS.signOut, click: tell('signOut') },
        separator,
        { role: process.platform === 'darwin' ? 'close' : 'quit' }
      ]
    },
    {
      label: WORDS.edit,
      submenu: [{ role: 'undo' }, { role: 'redo' }, separator, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
    },
    {
      label: WORDS.view,
      submenu: [
        { id: 'palette', label: WORDS.palette, accelerator: 'CmdOrCtrl+K', registerAccelerator: false, click: tell('palette') },
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : ([separator, { role: 'toggleDevTools' }] satisfies MenuItemConstructorOptions[]))
      ]
    },
    { role: 'help', label: WORDS.help, submenu: [{ id: 'about', label: WORDS.about, click: tell('about') }] }
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
