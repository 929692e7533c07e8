import { appendFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '#main/journal.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringdown-journal-'))
  path = join(folder, 'outbox.journal')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const line = (sequence: number, body = `entry ${sequence}`) => ({ sequence, body })

describe('outbox journal', () => {
  it('gives back after a restart what was appended, in order, whatever the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 20 }), async (bodies) => {
        await rm(path, { force: true })
        const journal = await openJournal(path)
        const lines = bodies.map((body, index) => line(index + 1, body))
        await journal.append(lines)
        await journal.close()
        const again = await openJournal(path)
        const read = await again.read()
        await again.close()
        expect(read).toEqual({ lines, damagedBytes: 0 })
      }),
      { numRuns: 15 }
    )
  })

  it('answers an append with the highest sequence it holds, and keeps the order of appends asked for at once', async () => {
    const journal = await openJournal(path)
    const answers = await Promise.all([1, 2, 3, 4, 5].map((sequence) => journal.append([line(sequence)])))
    expect(answers).toEqual([1, 2, 3, 4, 5])
    expect((await journal.read()).lines.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5])
    await journal.close()
  })

  it('loses only the entry that a crash cut short, at whatever byte', async () => {
    const journal = await openJournal(path)
    await journal.append([line(1), line(2)])
    const whole = (await stat(path)).size
    await journal.append([line(3, 'the one that is cut')])
    await journal.close()
    const full = await readFile(path)
    for (let size = whole + 1; size < full.length - 1; size++) {
      await writeFile(path, full)
      await truncate(path, size)
      const after = await openJournal(path)
      await after.append([line(4)])
      const { lines, damagedBytes } = await after.read()
      await after.close()
      expect(lines).toEqual([line(1), line(2), line(4)])
      expect(damagedBytes).toBeGreaterThan(0)
    }
  })

  it('recognises a changed byte and keeps the damaged line beside the journal when it is trimmed', async () => {
    const journal = await openJournal(path)
    await journal.append([line(1), line(2), line(3)])
    const content = await readFile(path, 'utf8')
    await writeFile(path, content.replace('entry 2', 'entry 9'))
    expect((await journal.read()).lines).toEqual([line(1), line(3)])
    expect(await journal.trim(1)).toBe(1)
    expect(await journal.read()).toEqual({ lines: [line(3)], damagedBytes: 0 })
    expect(await readFile(`${path}.damaged`, 'utf8')).toContain('entry 9')
    await journal.append([line(4)])
    expect((await journal.read()).lines).toEqual([line(3), line(4)])
    await journal.close()
  })

  it('drops what is trimmed and nothing else', async () => {
    const journal = await openJournal(path)
    await journal.append([1, 2, 3, 4].map((sequence) => line(sequence)))
    expect(await journal.trim(2)).toBe(2)
    await journal.close()
    const again = await openJournal(path)
    expect((await again.read()).lines).toEqual([line(3), line(4)])
    await again.close()
  })

  it('reads a file of foreign text as damage, not as entries', async () => {
    await appendFile(path, 'hello\n00000000 {"sequence":1,"body":"forged"}\n')
    const journal = await openJournal(path)
    const { lines, damagedBytes } = await journal.read()
    expect(lines).toEqual([])
    expect(damagedBytes).toBe((await stat(path)).size)
    await journal.close()
  })
})
