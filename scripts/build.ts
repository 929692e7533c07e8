import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { build as buildApp } from 'electron-vite'
import { build } from 'vite'

/** `npm run build`: the application's main, preload and renderer, and the server as one file that main forks. */
const root = resolve(import.meta.dirname, '..')

if (process.argv.includes('--help')) {
  process.stdout.write('npm run build\n  Builds main, preload, renderer and the server bundle into out/.\n')
} else {
  process.env['NODE_ENV'] = 'production'
  await buildApp({ root, configFile: resolve(root, 'scripts/electron-vite.config.ts'), logLevel: 'warn' })
  await buildServer()
}

async function buildServer(): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    ssr: {
      // One file with all it needs, so that a package carries no server node_modules. Native code stays outside.
      noExternal: true,
      external: ['@node-rs/argon2', 'pg-native']
    },
    build: {
      ssr: resolve(root, 'server/index.ts'),
      outDir: resolve(root, 'out/server'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rollupOptions: { output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false } }
    }
  })
  cpSync(resolve(root, 'server/db/migrations'), resolve(root, 'out/server/migrations'), { recursive: true })
}
