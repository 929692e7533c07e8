import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Problem } from './problem.mjs'

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program in the foreground. Whatever ends this process ends the program too, so that no server and no window is left behind by Ctrl+C, by a
 * supervisor's SIGTERM, or by a kill.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd?: string, onPrinted?: (text: string) => void }} options `onPrinted` also gets what it prints on stdout
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(program, args, { env, cwd, onPrinted }) {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = endingWithThis([program, ...args])
    const child = spawn(command, rest, { stdio: ['inherit', onPrinted ? 'pipe' : 'inherit', 'inherit'], env, cwd })
    child.stdout?.on('data', (/** @type {Buffer} */ data) => {
      process.stdout.write(data)
      onPrinted?.(data.toString())
    })
    const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    for (const signal of SIGNALS) process.on(signal, forward)
    const parentWatch = whenNpmIsGone(() => child.kill('SIGTERM'))
    child.once('error', (error) => reject(new Problem(`${program} could not be started.`, error.message)))
    child.once('close', (code, signal) => {
      clearInterval(parentWatch)
      for (const name of SIGNALS) process.removeListener(name, forward)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
}

/**
 * The same command, ended by the kernel when this process is killed with -9, where the system can be asked for that.
 * @param {readonly [string, ...string[]]} command
 * @returns {[string, ...string[]]}
 */
export function endingWithThis(command) {
  return canAskForEnd() ? ['setpriv', '--pdeathsig', 'TERM', '--', ...command] : [...command]
}

/** Not every setpriv can: that of small systems has fewer switches. */
function canAskForEnd() {
  return process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', '--', 'true']).status === 0
}

/**
 * npm starts scripts through a shell, and what ends npm may end only npm, or npm and that shell. So their end has to be noticed.
 * @param {() => void} act
 */
function whenNpmIsGone(act) {
  if (!process.env['npm_lifecycle_event'] || process.platform === 'win32') return undefined
  const before = ancestors()
  return setInterval(() => {
    if (ancestors() !== before) act()
  }, 500)
}

/** The shell and, where the system tells, the npm above it. */
function ancestors() {
  const shell = process.ppid
  try {
    const stat = readFileSync(`/proc/${shell}/stat`, 'utf8')
    return `${shell} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(shell)
  }
}
