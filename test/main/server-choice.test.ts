import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chosenServer } from '#main/server-choice.ts'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ringdown-choice-'))
  vi.stubEnv('RINGDOWN_SERVER', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(data, { recursive: true, force: true })
})

const settings = (content: string) => writeFileSync(join(data, 'console.json'), content)

describe('the desk of a console', () => {
  it('is its own when nobody says otherwise', () => {
    expect(chosenServer(data)).toBeNull()
    settings('{}')
    expect(chosenServer(data)).toBeNull()
    settings('{"server":null}')
    expect(chosenServer(data)).toBeNull()
  })

  it('is the origin that the rolled-out settings name, whatever path follows it', () => {
    settings('{"server":"https://desk.example:8443/some/path"}')
    expect(chosenServer(data)).toBe('https://desk.example:8443')
  })

  it('is what the environment names before anything else', () => {
    settings('{"server":"https://desk.example"}')
    vi.stubEnv('RINGDOWN_SERVER', 'http://10.0.0.7:4310')
    expect(chosenServer(data)).toBe('http://10.0.0.7:4310')
  })

  it.each(['{"server":"file:///etc/passwd"}', '{"server":"javascript:alert(1)"}', '{"server":"desk"}', '{"server":7}', '{"ser'])(
    'is not guessed from %s',
    (content) => {
      settings(content)
      expect(() => chosenServer(data)).toThrow()
    }
  )
})
