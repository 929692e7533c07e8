/** What the engine says to people when something went wrong: what happened, what was kept, what to do. Sentences about commands are worded by the screens. */
export const MESSAGES = {
  vaultFull:
    'The disk of this computer is full, so changes cannot be saved yet. They stay in memory and are tried again; free some space now.',
  vaultFailed:
    'Changes cannot be written to this computer at the moment. They stay in memory and are tried again; do not close the console.',
  vaultEvicted:
    'The browser store of this computer was lost. Every unsent change was put back from the journal; the desk is loaded again from the server.',
  vaultUnreadable:
    'Some saved changes cannot be read with the key of this computer. They were left where they are; ask your administrator before wiping this console.',
  journalUnwritable: 'The journal of unsent changes cannot be written. Changes are saved in the browser store only; check the disk.',
  journalDamaged: 'The end of the journal of unsent changes was damaged, as after a power cut. Everything that can be read was kept.',
  replicaFull:
    'The disk of this computer is full, so the desk is not stored for offline starts. Unsent changes are kept; free some space and restart.',
  replicaLost: 'The stored copy of the desk was lost. Unsent changes are kept; the copy is built again.',
  replicaDamaged: 'Part of the stored copy of the desk was damaged. Unsent changes are kept; the copy is loaded again from the server.',
  noServer: 'The server cannot be reached, so nobody can sign in now. Check the connection and try again.',
  wrongPassword: 'Name or password is not right.',
  tooManyTries: 'Too many tries. Wait a minute, then try again.',
  signInFailed: 'The server could not sign you in. Try again; if it goes on, tell your administrator.',
  sessionEnded: 'Your session has ended. Sign in again; your unsent changes are kept on this computer.',
  superseded: 'Another engine has taken over on this computer. Reload this window.',
  notSignedIn: 'Nobody is signed in.',
  notReady: 'The console is still starting.',
  noSuchAttention: 'This change does not wait for attention any more.',
  serverTooOld: 'This console is newer than the server. Work goes on offline and is kept; the server has to be updated.',
  mustUpdate: 'This console is too old for the server. Your changes are handed in; update to see the desk again.'
} as const
