import { clipboard, dialog } from 'electron'
import type { FirstAccount } from './embedded-server.ts'
import { WORDS } from './strings.ts'

/** Tells the person who set this desk up how to sign in for the first time. Not modal: the console behind it is where it is needed. */
export async function showFirstAccount({ name, password }: FirstAccount): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: WORDS.newDesk,
    detail: `${WORDS.firstAccount(name, password)}\n\n${WORDS.firstAccountAdvice}`,
    buttons: [WORDS.copyPassword, WORDS.ok],
    defaultId: 0,
    cancelId: 1
  })
  if (response === 0) await clipboard.writeText(password)
}
