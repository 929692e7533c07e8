import { account } from './commands/account.ts'
import { backup } from './commands/backup.ts'
import { sample } from './commands/sample.ts'
import { serve } from './commands/serve.ts'
import { verify } from './commands/verify.ts'
import { ENVIRONMENT_HELP } from './config.ts'
import { inspect } from 'node:util'
import { parentPort } from './parent-port.ts'
import { StartProblem } from './start-problem.ts'

const HELP = `Usage: npm run server -- [command]

Commands
  serve (default)         runs the desk's server until it is told to stop
  account list            who may sign in
  account add NAME --person "FULL NAME" --role agent|engineer|lead|admin|wall
                          makes a person with an account; prints its password
  account password NAME   gives an account a new password; prints it
  sample load             puts the sample desk (a made-up provider) beside what the desk holds
  sample remove           takes everything marked as sample off the desk again
  verify                  proves that every record is what the log of facts says
  backup FOLDER           copies the embedded database while the desk is at work
  --help                  this

Environment
${ENVIRONMENT_HELP}
`

/** The exit code of a start that a person must settle something for first; a supervisor that tries again gets the same answer. */
const REFUSED = 3

const COMMANDS: { readonly [name: string]: (args: readonly string[]) => Promise<number> } = { serve, account, sample, verify, backup }

async function main(): Promise<number> {
  const [name = 'serve', ...rest] = process.argv.slice(2)
  if (name === '--help' || name === '-h' || rest.includes('--help')) {
    process.stdout.write(HELP)
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${HELP}`)
    return 2
  }
  try {
    return await command(rest)
  } catch (error) {
    process.stderr.write(`${error instanceof StartProblem ? error.message : inspect(error)}\n`)
    return error instanceof StartProblem ? REFUSED : 1
  }
}

process.exitCode = await main()
// The port to the app would keep an ended server running until the app gives up on it.
if (parentPort()) process.exit()
