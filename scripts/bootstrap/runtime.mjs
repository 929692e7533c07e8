import { execFileSync } from 'node:child_process'
import { Problem } from './problem.mjs'

const OLDEST_NODE = 20

/** Refuses a Node that cannot run even this set-up. Everything after it runs on the Node 24 that comes as a package. */
export function checkNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return
  throw new Problem(
    `Node ${version} is too old: the set-up needs Node ${OLDEST_NODE} or newer.`,
    'Get it from https://nodejs.org or with your version manager (for example: nvm install 24), then run the same command again.'
  )
}

/** npm's own version; refuses when there is none on PATH, as in some minimal Node images. */
export function checkNpm() {
  try {
    return execFileSync('npm', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32'
    }).trim()
  } catch {
    throw new Problem(
      'npm was not found on PATH, so the packages cannot be installed.',
      'On Debian and Ubuntu: apt-get install npm. Elsewhere it comes with Node from https://nodejs.org.'
    )
  }
}
