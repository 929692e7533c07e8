/** The server cannot start, for a reason that whoever starts it can mend: the message says what happened, what was kept and what to do. */
export class StartProblem extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartProblem'
  }
}
