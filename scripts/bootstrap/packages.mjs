import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { Problem, explainSystemError } from './problem.mjs'
import { NODE, ROOT } from './root.mjs'
import { run } from './run.mjs'
import { checkNpm } from './runtime.mjs'
import { say } from './say.mjs'

/** npm's own patience with a network that is not there is minutes long. */
export const PATIENCE = {
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '5000'
}

/** Installs exactly what package-lock.json says, unless it is there already. Promises that every later step finds Node 24 and the packages. */
export async function providePackages() {
  if (installed()) return
  checkNpm()
  checkSpace(ROOT, 1_500)
  say(
    existsSync(join(ROOT, 'node_modules'))
      ? 'packages are out of date: npm ci (about a minute)'
      : 'first run here: npm ci installs the packages (about a minute)'
  )
  // A production environment or a cautious npm configuration would leave out the very tools, and Node 24, that this set-up is for.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts=false', '--no-fund', '--no-audit', '--loglevel=error']
  const result = await run('npm', args, {
    cwd: ROOT,
    env: { ...process.env, ...PATIENCE, npm_config_engine_strict: 'false' },
    timeoutSeconds: 1800
  })
  if (result.code !== 0) throw npmProblem(result)
  if (!installed())
    throw new Problem(
      'npm ci ended well, but Node 24 or some package is still missing.',
      'Delete the node_modules folder and run the same command again; if it stays so, run: npm ci --foreground-scripts'
    )
}

/**
 * Refuses early and in words what would otherwise end in the middle of some package's installation.
 * @param {string} folder
 * @param {number} megabytes
 */
export function checkSpace(folder, megabytes) {
  const { bavail, bsize } = statfsSync(folder)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free >= megabytes) return
  throw new Problem(
    `There are ${free} MB free where ${folder} lies; about ${megabytes} MB are needed.`,
    'Free some space, or move the project to a larger disk, then run the same command again.'
  )
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install is seen as not installed. */
function installed() {
  if (!existsSync(NODE)) return false
  const wanted = packagesOf(join(ROOT, 'package-lock.json'))
  const present = packagesOf(join(ROOT, 'node_modules', '.package-lock.json'))
  if (!wanted) throw new Problem('package-lock.json is missing or damaged.', 'Restore it with: git checkout package-lock.json')
  if (!present) return false
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.optional || present[path]?.version === entry.version)
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * What npm's failure means for a person.
 * @param {{ stdout: string, stderr: string, timedOut: boolean }} result
 */
export function npmProblem(result) {
  const said = `${result.stderr}\n${result.stdout}`
  const tail = said
    .split('\n')
    .filter((line) => /\S/.test(line) && !/EBADENGINE/.test(line))
    .slice(-12)
    .join('\n  ')
  if (result.timedOut)
    return new Problem(
      'npm ci did not finish within 30 minutes.',
      'Look at the network connection and run the same command again: what was downloaded is kept.'
    )
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(said) && !/ENOSPC/.test(said))
    return new Problem(
      'npm could not reach its package registry.',
      'Connect to the network, or set the proxy or mirror that your site uses (npm config set proxy ..., npm config set registry ...), then run the same command again.',
      tail
    )
  const known = [/ENOSPC/, /EROFS/, /EACCES|EPERM/].find((code) => code.test(said))?.exec(said)?.[0]
  const advice = known ? explainSystemError(Object.assign(new Error(), { code: known })) : null
  if (/EINTEGRITY/.test(said))
    return new Problem(
      'A package did not match its checksum, so nothing was installed.',
      'Empty the cache and try again: npm cache clean --force',
      tail
    )
  return new Problem('npm ci failed.', advice ?? 'The last lines it printed:', tail)
}
