import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './problem.mjs'
import { NODE, ROOT, STATE } from './root.mjs'
import { run } from './run.mjs'
import { say } from './say.mjs'

/** Everything that goes into out/. */
const SOURCES = [
  'main',
  'preload',
  'renderer',
  'server',
  'shared',
  'package.json',
  'package-lock.json',
  'scripts/electron-vite.config.ts',
  'scripts/server-bundle.config.ts'
]
const STAMP = join(STATE, 'build.json')

/** Builds main, preload, renderer and the server bundle into out/, unless exactly these sources were built last. */
export async function provideBuild() {
  const fingerprint = sourcesFingerprint()
  if (existsSync(join(ROOT, 'out', 'main', 'index.js')) && lastBuilt() === fingerprint) return
  say('building (a few seconds)')
  const result = await run(NODE, [join(ROOT, 'scripts', 'build.ts')], { cwd: ROOT })
  if (result.code !== 0)
    throw new Problem('The build failed.', `${result.stdout}\n${result.stderr}`.trim().split('\n').slice(-30).join('\n  '))
  mkdirSync(STATE, { recursive: true })
  writeFileSync(STAMP, JSON.stringify({ fingerprint }))
}

function lastBuilt() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).fingerprint
  } catch {
    return null
  }
}

/** By content, so that a checkout or a copy that only changes times does not build again. */
function sourcesFingerprint() {
  const hash = createHash('sha256')
  for (const source of SOURCES) add(hash, source)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
function add(hash, path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return
  let entries
  try {
    entries = readdirSync(full, { withFileTypes: true })
  } catch {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
    return
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) add(hash, `${path}/${entry.name}`)
}
