/** Something a person can mend: what happened, then what to do, in sentences. Printed without a stack. */
export class Problem extends Error {
  /**
   * @param {string} happened
   * @param {...string} toDo
   */
  constructor(happened, ...toDo) {
    super([happened, ...toDo].join('\n  '))
    this.name = 'Problem'
  }
}

/**
 * Words for what the operating system refused, as far as a newcomer can do something about it.
 * @param {unknown} error
 * @returns {string | null}
 */
export function explainSystemError(error) {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC')
    return 'The disk is full. About 2 GB are needed for packages, Electron and the database; free some space and run the same command again.'
  if (code === 'EROFS')
    return 'This folder is on a read-only file system. Copy the project to a writable place and run the same command there.'
  if (code === 'EACCES' || code === 'EPERM')
    return 'This user may not write here. Take the folder over (chown) or clone it again as this user, then run the same command again.'
  if (code === 'EMFILE' || code === 'ENFILE') return 'Too many files are open. Raise the limit with: ulimit -n 4096'
  return null
}
