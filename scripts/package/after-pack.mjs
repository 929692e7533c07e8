import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * electron-builder calls this with the packed folder before fuses are set and installers are made.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { getResourcesDir: (appOutDir: string) => string } }} context
 */
export function afterPack({ appOutDir, packager }) {
  // Electron's own start page: a package that carries it can be made to run another application.
  rmSync(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
  const server = join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked', 'out', 'server', 'index.js')
  if (!existsSync(server)) throw new Error(`The package has no server at ${server}; it would start without a desk.`)
}
