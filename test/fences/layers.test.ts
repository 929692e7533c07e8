import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/**
 * Proves that the layer check bites: each file under refused/ is compiled as if it lay in its layer's folder, with that layer's own tsconfig, and must be
 * turned down; each file under allowed/ must not be. Without this, a check that reads nothing would look like a check that finds nothing.
 */
const root = resolve(import.meta.dirname, '../..')
const LAYERS = {
  domain: 'shared/domain',
  protocol: 'shared/protocol',
  server: 'server',
  main: 'main',
  preload: 'preload',
  renderer: 'renderer'
} as const
const Project = z.object({ references: z.array(z.object({ path: z.string() })), compilerOptions: z.record(z.string(), z.unknown()) })

let output = ''
beforeAll(() => {
  const work = resolve(root, 'node_modules/.cache/fences')
  rmSync(work, { recursive: true, force: true })
  for (const layer of layers()) writeProject(work, layer)
  writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ files: [], references: layers().map((layer) => ({ path: layer })) }))
  const compiled = spawnSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '-b', work, '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8'
  })
  output = compiled.stdout + compiled.stderr
}, 120_000)

describe.each(layers())('layer %s', (layer) => {
  it.each(filesOf('refused', layer))('turns down %s', (file) => {
    expect(errorsIn(file)).toMatch(/error TS(6307|2307|2304|2584|2591|2580|6059)/)
  })

  it.each(filesOf('allowed', layer))('lets %s pass', (file) => {
    expect(errorsIn(file)).toBe('')
  })
})

function layers(): readonly (keyof typeof LAYERS)[] {
  return ['domain', 'protocol', 'server', 'main', 'preload', 'renderer']
}

function filesOf(kind: 'refused' | 'allowed', layer: string): string[] {
  return readdirSync(resolve(import.meta.dirname, kind, layer)).map((name) => `test/fences/${kind}/${layer}/${name}`)
}

function errorsIn(file: string): string {
  return output
    .split('\n')
    .filter((line) => line.replaceAll('\\', '/').startsWith(`${file}(`))
    .join('\n')
}

/** The layer's own project over the fence files in place of the folder's files. */
function writeProject(work: string, layer: keyof typeof LAYERS): void {
  const folder = resolve(root, LAYERS[layer])
  const own = Project.parse(JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8')))
  const here = join(work, layer)
  mkdirSync(here, { recursive: true })
  const from = (path: string) => relative(here, path)
  const project = {
    extends: from(join(folder, 'tsconfig.json')),
    compilerOptions: { ...own.compilerOptions, rootDir: from(root), outDir: 'out', tsBuildInfoFile: 'out/tsbuildinfo' },
    include: [from(folder), from(resolve(import.meta.dirname, 'refused', layer)), from(resolve(import.meta.dirname, 'allowed', layer))],
    references: own.references.map(({ path }) => ({ path: from(resolve(folder, path)) }))
  }
  writeFileSync(join(here, 'tsconfig.json'), JSON.stringify(project))
}
