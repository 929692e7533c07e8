import { resolve } from 'node:path'
import { build as buildApp } from 'electron-vite'
import { buildServer } from './build-server.ts'

/** `npm run build`: the application's main, preload and renderer, and the server as one file that main forks. */
const root = resolve(import.meta.dirname, '..')

if (process.argv.includes('--help')) {
  process.stdout.write('npm run build\n  Builds main, preload, renderer and the server bundle into out/.\n')
} else {
  process.env['NODE_ENV'] = 'production'
  await buildApp({ root, configFile: resolve(root, 'scripts/electron-vite.config.ts'), logLevel: 'warn' })
  await buildServer(root)
}
