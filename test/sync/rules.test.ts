import { readFileSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = new URL('.', import.meta.url)
const stated = new Set(
  readFileSync(new URL('../../docs/sync.md', folder), 'utf8')
    .match(/^- \*\*(SYNC-\d+)\*\*/gm)
    ?.map((line) => line.slice(4, -2))
)
const quoted = new Set(
  readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'rules.test.ts')
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').match(/it\('(?:\[SYNC-\d+\] ?)+/g) ?? [])
    .flatMap((title) => title.match(/SYNC-\d+/g) ?? [])
)

it('every rule of docs/sync.md is quoted by a test, and no test quotes a rule that is not there', () => {
  expect(stated.size).toBeGreaterThan(10)
  expect([...stated].filter((rule) => !quoted.has(rule))).toEqual([])
  expect([...quoted].filter((rule) => !stated.has(rule))).toEqual([])
})
