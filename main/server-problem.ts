import { dialog } from 'electron'
import { WORDS } from './strings.ts'

/** Says why this computer's desk did not start, in the server's own words. The console goes on with what it has. */
export async function showServerProblem(problem: string, tryAgain: () => void): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: WORDS.deskDidNotStart,
    detail: problem,
    buttons: [WORDS.tryAgain, WORDS.goOnOffline],
    defaultId: 0,
    cancelId: 1
  })
  if (response === 0) tryAgain()
}
