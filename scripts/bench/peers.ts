import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { ROOT } from '../drive/root.ts'
import { runProgram } from './program.ts'

const SOURCE = join(ROOT, 'scripts', 'bench', 'peers')
const CACHE = join(ROOT, 'node_modules', '.cache', 'bench-peers')

/** RxDB's page as one script. Installs the peers from their own lock on first use, away from the product's packages. */
export async function rxdbPage(say: (line: string) => void): Promise<string> {
  mkdirSync(CACHE, { recursive: true })
  const lock = readFileSync(join(SOURCE, 'package-lock.json'), 'utf8')
  const present = join(CACHE, 'package-lock.json')
  const installed = existsSync(join(CACHE, 'node_modules', 'rxdb', 'package.json')) && readFileSync(present, 'utf8') === lock
  for (const file of ['package.json', 'package-lock.json', 'rxdb-page.mjs']) copyFileSync(join(SOURCE, file), join(CACHE, file))
  if (!installed) {
    say('installing the peers from npm (once)')
    await runProgram('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: CACHE })
  }
  await build({
    root: CACHE,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: 'built',
      lib: { entry: 'rxdb-page.mjs', formats: ['es'], fileName: () => 'rxdb-page.js' },
      minify: true
    },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }
  })
  return readFileSync(join(CACHE, 'built', 'rxdb-page.js'), 'utf8')
}
