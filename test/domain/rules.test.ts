import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const tests = join(import.meta.dirname, '..')
const rules = readFileSync(join(tests, '..', 'shared', 'domain', 'RULES.md'), 'utf8')

function quotedIn(folder: string): ReadonlyMap<string, string> {
  const quoted = new Map<string, string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(name)) continue
    // A quotation opens a title, and one title may quote several rules one after the other.
    for (const [title] of readFileSync(join(folder, name), 'utf8').matchAll(/(?<=['"`])(?:\[[A-Z]+-[0-9]+\] ?)+/g))
      for (const [rule] of title.matchAll(/[A-Z]+-[0-9]+/g)) quoted.set(rule, name)
  }
  return quoted
}

describe('RULES.md', () => {
  const numbered = [...rules.matchAll(/^- \*\*([A-Z]+-[0-9]+)\*\* (.*)$/gm)].map(([, rule, sentence]) => ({
    rule: String(rule),
    sentence: String(sentence)
  }))
  const numbers = numbered.map(({ rule }) => rule)
  const areas = new Set(numbers.map((rule) => rule.split('-')[0]))
  const quoted = quotedIn(tests)

  it('numbers every rule once, one sentence each', () => {
    expect(numbers.length).toBeGreaterThan(50)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { rule, sentence } of numbered) expect(sentence, rule).toMatch(/^[A-Z][^]*[^.]\.$/)
  })

  it('has every rule quoted by a test', () => {
    expect(numbers.filter((rule) => !quoted.has(rule))).toEqual([])
  })

  it('is quoted only for rules that it has', () => {
    const unknown = [...quoted].filter(([rule]) => areas.has(rule.split('-')[0]) && !numbers.includes(rule))
    expect(unknown).toEqual([])
  })
})
