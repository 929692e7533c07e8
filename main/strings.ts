/** The words that the main process shows itself: menus, dialogs, the tray. The pages' own catalogue is the renderer's. */
export const WORDS = {
  file: 'File',
  newCase: 'New case',
  newWindow: 'New window',
  openWall: 'Open wall display',
  signOut: 'Sign out',
  edit: 'Edit',
  view: 'View',
  palette: 'Find a case, customer or command',
  help: 'Help',
  about: 'About Ringdown',
  show: 'Show Ringdown',
  breaches: (count: number) =>
    count === 0
      ? 'Ringdown: no clock is breached'
      : count === 1
        ? 'Ringdown: 1 clock is breached'
        : `Ringdown: ${count} clocks are breached`,
  newDesk: 'This desk is new',
  firstAccount: (name: string, password: string) => `Sign in as "${name}" with the password ${password}`,
  firstAccountAdvice: 'It is shown only now. Give it another password and make accounts for everybody else once you are signed in.',
  copyPassword: 'Copy password',
  ok: 'OK',
  deskDidNotStart: 'The desk on this computer did not start',
  tryAgain: 'Try again',
  goOnOffline: 'Go on offline',
  refusedSwitch: (name: string) => `Ringdown does not start with --${name}, because that would open this console to other programs.`
} as const
