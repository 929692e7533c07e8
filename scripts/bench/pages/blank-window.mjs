import { app, BrowserWindow } from 'electron'

// The least that shows a page: what Electron itself costs. The page's address comes in the environment.
app.setPath('userData', process.env['BENCH_PROFILE'] ?? '')
app.on('window-all-closed', () => app.quit())
// Not awaited: Electron is ready only once its main module has ended.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false }
  })
  return window.loadURL(process.env['BENCH_PAGE'] ?? 'data:text/html,<title>blank</title>')
})
