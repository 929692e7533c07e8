import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const numbersIn = (text: string) => [...text.matchAll(/\*\*([A-Z]+-[0-9]+)\*\*/g)].map(([, rule]) => String(rule))

describe('the rules of docs/protocol.md and docs/operations.md', () => {
  const documented = ['protocol.md', 'operations.md'].flatMap((name) => numbersIn(readFileSync(join(root, 'docs', name), 'utf8')))
  const protocol = numbersIn(readFileSync(join(root, 'docs', 'protocol.md'), 'utf8'))
  const quoted = new Set(
    readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith('.test.ts'))
      .flatMap((name) => [...readFileSync(join(import.meta.dirname, name), 'utf8').matchAll(/it\(\s*['"`]\[([A-Z]+-[0-9]+)\]/g)])
      .map(([, rule]) => String(rule))
  )
  const areas = new Set(documented.map((rule) => rule.split('-')[0]))

  it('are numbered once', () => {
    expect(protocol.length).toBeGreaterThan(60)
    expect(new Set(protocol).size).toBe(protocol.length)
  })

  it('are each quoted by a test of the server', () => {
    expect(documented.filter((rule) => !quoted.has(rule))).toEqual([])
  })

  it('are the only ones that tests of the server quote from their areas', () => {
    expect([...quoted].filter((rule) => areas.has(rule.split('-')[0]) && !documented.includes(rule))).toEqual([])
  })
})
