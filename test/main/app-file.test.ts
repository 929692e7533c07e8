import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileFor } from '#main/app-file.ts'
import { contentSecurityPolicy } from '#main/content-security-policy.ts'

const folder = '/opt/ringdown/out/renderer'

describe('app://ringdown', () => {
  it('serves files below its folder', () => {
    expect(fileFor(folder, '/index.html')).toBe(join(folder, 'index.html'))
    expect(fileFor(folder, '/assets/a%20b.js')).toBe(join(folder, 'assets/a b.js'))
  })

  it.each([
    '/../secret',
    '/assets/../../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/a%00b',
    '/..%5csecret',
    '/%E0%A4%A',
    '/../renderer-other/x'
  ])('does not leave its folder for %s', (path) => {
    expect(fileFor(folder, path)).toBeNull()
  })

  it('never names a file outside its folder', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', '%00', 'a', '%', '~')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = fileFor(folder, `/${pieces.join('')}`)
        expect(path === null || path.startsWith(`${folder}/`)).toBe(true)
      })
    )
  })

  it('lets pages connect to the configured desk only, and run no script that is not in the package', () => {
    const policy = contentSecurityPolicy('https://desk.example')
    expect(policy).toContain("connect-src 'self' https://desk.example wss://desk.example;")
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toMatch(/unsafe-eval|\*/)
  })
})
