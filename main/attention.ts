import { app, Menu, nativeImage, Notification, Tray } from 'electron'
import trayIcon from './icons/32x32.png?inline'
import { WORDS } from './strings.ts'
import type { Windows } from './windows.ts'

export type Attention = {
  /** Shows a system notification; a click opens the case. False when this system has no way to show one. */
  readonly notify: (notice: { readonly title: string; readonly body: string; readonly caseNumber: string | null }) => boolean
  readonly badge: (breaches: number) => void
}

/** How the desk is heard of while its windows are hidden: notifications, the number on the icon, the tray. */
export function createAttention(windows: Windows): Attention {
  const tray = new Tray(nativeImage.createFromDataURL(trayIcon))
  tray.setToolTip(WORDS.breaches(0))
  tray.setContextMenu(Menu.buildFromTemplate([{ id: 'show', label: WORDS.show, click: windows.focusConsole }, { role: 'quit' }]))
  tray.on('click', windows.focusConsole)
  // A notification that is garbage collected loses its click.
  const shown = new Set<Notification>()

  return {
    notify: ({ title, body, caseNumber }) => {
      if (!Notification.isSupported()) return false
      const notification = new Notification({ title, body })
      shown.add(notification)
      notification.on('click', () => {
        if (caseNumber === null) windows.focusConsole()
        else windows.tellConsole({ type: 'openCase', number: caseNumber })
      })
      notification.on('close', () => shown.delete(notification))
      notification.on('failed', () => shown.delete(notification))
      notification.show()
      return true
    },
    badge: (breaches) => {
      app.setBadgeCount(breaches)
      tray.setToolTip(WORDS.breaches(breaches))
    }
  }
}
