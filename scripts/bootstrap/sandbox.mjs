import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/**
 * The switches a development start needs for Chromium's sandbox. It stays on for everybody it works for. Root is the one exception, in a start from
 * source only: Chromium refuses to run sandboxed as root. The application itself never turns it off.
 * @param {string} dist the folder of the Electron to run
 * @returns {Promise<string[]>}
 */
export async function sandboxSwitches(dist) {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) {
    say('running as root, where Chromium cannot use its sandbox: starting without it. Use a normal user for real work.')
    return ['--no-sandbox']
  }
  if (await namespacesAllowed()) return []
  const helper = join(dist, 'chrome-sandbox')
  if (setuidRoot(helper)) return []
  throw new Problem(
    'This system does not let a normal user create namespaces, so Chromium needs its sandbox helper to be owned by root.',
    'Run this once, then the same command again:',
    `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
  )
}

async function namespacesAllowed() {
  const tried = await run('unshare', ['--user', '--map-root-user', 'true'])
  return tried.code === 0
}

/** @param {string} path */
function setuidRoot(path) {
  try {
    const stat = statSync(path)
    return stat.uid === 0 && (stat.mode & 0o4001) === 0o4001
  } catch {
    return false
  }
}
