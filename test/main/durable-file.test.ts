import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readIfThere, replaceFile } from '#main/durable-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringdown-durable-'))
  path = join(folder, 'kept')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file that is replaced', () => {
  it('holds the new content, and nothing was there before the first time', () => {
    expect(readIfThere(path)).toBeNull()
    replaceFile(path, 'first')
    replaceFile(path, 'ü'.repeat(100_000))
    expect(readIfThere(path)).toBe('ü'.repeat(100_000))
  })

  // A disk that fills up takes the beginning of a write and reports no error for it.
  it.skipIf(process.platform === 'win32')('[SYNC-17] stays whole and old when the disk takes only a part of the new content', () => {
    writeFileSync(path, 'everything that waits to be sent')
    const module = fileURLToPath(new URL('../../main/durable-file.ts', import.meta.url))
    const program = `import { replaceFile } from ${JSON.stringify(module)}; replaceFile(${JSON.stringify(path)}, 'x'.repeat(100_000))`
    // At most 8 blocks of a kilobyte per file.
    const tried = spawnSync('bash', ['-c', 'ulimit -f 8; exec "$0" --input-type=module -e "$1"', process.execPath, program], {
      encoding: 'utf8'
    })
    expect(tried.status).not.toBe(0)
    expect(tried.stderr).toMatch(/EFBIG|ENOSPC/)
    expect(readFileSync(path, 'utf8')).toBe('everything that waits to be sent')
  })
})
