import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

/** The server as one file with its migrations beside it, for the application to fork and for servers without a source tree. */
export async function buildServer(root: string): Promise<void> {
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
