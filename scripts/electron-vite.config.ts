import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { z } from 'zod'
import { DESK_API } from '#shared/protocol/desk-api.ts'

const root = resolve(import.meta.dirname, '..')
const Manifest = z.object({ version: z.string(), devDependencies: z.object({ electron: z.string() }) })
const manifest = Manifest.parse(JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')))

/** Everything is bundled: the package carries no node_modules but the native parts of the server. */
export default defineConfig({
  main: {
    define: {
      __APP_VERSION__: JSON.stringify(manifest.version),
      __ELECTRON_WANTED__: JSON.stringify(manifest.devDependencies.electron)
    },
    build: {
      externalizeDeps: false,
      outDir: resolve(root, 'out/main'),
      sourcemap: true,
      rollupOptions: { input: resolve(root, 'main/index.ts'), output: { format: 'es', entryFileNames: 'index.js' } }
    }
  },
  preload: {
    // The names only: zod and the schemas would cost every window their start-up time.
    define: { __DESK_CHANNELS__: JSON.stringify(Object.keys(DESK_API)) },
    build: {
      externalizeDeps: false,
      outDir: resolve(root, 'out/preload'),
      // A sandboxed preload is loaded as CommonJS and may not require files.
      rollupOptions: { input: resolve(root, 'preload/index.ts'), output: { format: 'cjs', entryFileNames: 'index.cjs' } }
    }
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      sourcemap: true,
      minify: true,
      // data: fonts and images would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rollupOptions: { input: { console: resolve(root, 'renderer/index.html'), wall: resolve(root, 'renderer/wall.html') } }
    }
  }
})
