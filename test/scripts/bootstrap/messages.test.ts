import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { checkSpace, npmProblem } from '#scripts/bootstrap/packages.mjs'
import { explainSystemError } from '#scripts/bootstrap/problem.mjs'
import { checkNode } from '#scripts/bootstrap/runtime.mjs'
import { notRoot } from '#scripts/bootstrap/system-libraries.mjs'

const npm = (stderr: string, timedOut = false) => npmProblem({ stdout: '', stderr, timedOut }).message

describe('what a newcomer is told', () => {
  it('names the Node that is needed', () => {
    expect(() => checkNode('18.20.4')).toThrow(/Node 18\.20\.4 is too old.*\n.*nodejs\.org/)
    expect(() => checkNode('20.0.0')).not.toThrow()
    expect(() => checkNode('24.21.0')).not.toThrow()
  })

  it.each([
    ['npm error code EAI_AGAIN\nnpm error request to the registry failed', /could not reach its package registry/],
    ['npm error code ECONNREFUSED', /could not reach its package registry/],
    ['npm error code ENOSPC\nnpm error network timeout', /disk is full/],
    ['npm error code EACCES\nnpm error syscall mkdir', /may not write here/],
    ['npm error code EROFS', /read-only/],
    ['npm error code EINTEGRITY sha512 does not match', /did not match its checksum/],
    ['npm error something new\nnpm error last words', /npm ci failed[\s\S]*last words/]
  ])('explains %j', (stderr, words) => {
    expect(npm(stderr)).toMatch(words)
  })

  it('explains a download that never ends, and leaves the noise of old engines out', () => {
    expect(npm('', true)).toMatch(/did not finish/)
    expect(npm('npm warn EBADENGINE Unsupported engine\nnpm error odd')).not.toMatch(/EBADENGINE/)
  })

  it('gives the exact command to somebody who is not root, under both names of a package', () => {
    const { message } = notRoot(['libgtk-3.so.0', 'libnss3.so'], ['xvfb'])
    expect(message).toContain('sudo apt-get update && sudo apt-get install -y --no-install-recommends libgtk-3-0 libnss3 xvfb')
    expect(message).toContain('libgtk-3-0t64 libnss3 xvfb')
    expect(notRoot([], ['xvfb']).message).not.toContain('names have changed')
  })

  it('counts free space before it starts', () => {
    expect(() => checkSpace(tmpdir(), 1)).not.toThrow()
    expect(() => checkSpace(tmpdir(), 1e12)).toThrow(/MB free where/)
  })

  it('explains what the system refuses, and only that', () => {
    expect(explainSystemError(Object.assign(new Error(), { code: 'ENOSPC' }))).toMatch(/disk is full/)
    expect(explainSystemError(new Error('a bug'))).toBeNull()
  })
})
