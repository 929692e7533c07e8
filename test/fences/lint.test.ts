import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'

/**
 * Proves that the project's lint rules bite where they are meant to: lint/ mirrors the project's folders and is linted, alone, with the project's own
 * configuration. Files named refused- must be turned down, files named allowed- must not.
 */
const root = resolve(import.meta.dirname, '../..')
const work = mkdtempSync(join(tmpdir(), 'ringdown-lint-'))
const files = readdirSync(resolve(import.meta.dirname, 'lint'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts')
)
const Report = z.object({ diagnostics: z.array(z.object({ filename: z.string() })) })

let found: ReadonlySet<string> = new Set()
beforeAll(() => {
  cpSync(resolve(import.meta.dirname, 'lint'), work, { recursive: true })
  const config = readFileSync(join(root, '.oxlintrc.json'), 'utf8')
  // Types are the other fence's subject, and there is no project to read them from here.
  writeFileSync(join(work, '.oxlintrc.json'), config.replace('"typeAware": true', '"typeAware": false'))
  const linted = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json'], {
    cwd: work,
    encoding: 'utf8'
  })
  const { diagnostics } = Report.parse(JSON.parse(linted.stdout))
  found = new Set(diagnostics.map(({ filename }) => filename.replaceAll('\\', '/')))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

it.each(files.filter((file) => file.includes('refused-')))('turns down %s', (file) => {
  expect(found.has(file)).toBe(true)
})

it.each(files.filter((file) => file.includes('allowed-')))('lets %s pass', (file) => {
  expect(found.has(file)).toBe(false)
})
