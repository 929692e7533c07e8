import { join } from 'node:path'
import { provideBuild } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { presentElectron, provideElectron } from './electron.mjs'
import { whileLocked } from './lock.mjs'
import { providePackages } from './packages.mjs'
import { Problem } from './problem.mjs'
import { STATE } from './root.mjs'
import { embeddedPostgres, provideSystemLibraries } from './system-libraries.mjs'

/** @typedef {'electron' | 'libraries' | 'build' | 'display'} Need */

/**
 * Provides the packages and what else is needed, one start at a time. A second call finds everything there and takes a few dozen milliseconds.
 * @param {readonly Need[]} needs
 */
export async function prepare(needs) {
  return whileLocked(join(STATE, 'prepare.lock'), async () => {
    await providePackages()
    const electron = needs.includes('electron') ? await provideElectron() : presentElectron()
    if (needs.includes('libraries')) {
      const programs = [electron?.executable, embeddedPostgres()].filter((program) => typeof program === 'string')
      await provideSystemLibraries({ programs, xvfb: needs.includes('display') && !hasDisplay() })
    }
    if (needs.includes('build')) await provideBuild()
    return {
      /** For children: the electron package, Playwright and our own scripts all find the same binary by it. */
      env: electron && !electron.official ? { ELECTRON_OVERRIDE_DIST_PATH: electron.dist } : {},
      get electron() {
        if (electron) return electron
        throw new Problem('Electron was not asked for.')
      }
    }
  })
}
