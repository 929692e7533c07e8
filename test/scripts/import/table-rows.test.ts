import { describe, expect, it } from 'vitest'
import { tableRows, UnreadableTable } from '#scripts/import/table-rows.ts'
import type { TableRow } from '#scripts/import/table-rows.ts'

async function rows(file: string | Buffer, chunkSize = 7): Promise<readonly TableRow[]> {
  const bytes = Buffer.from(file)
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize)
  }
  const read: TableRow[] = []
  for await (const row of tableRows(chunks(), ['a', 'b'])) read.push(row)
  return read
}
const row = (line: number, a: string, b: string, c: string): TableRow => ({ line, usable: true, cells: { a, b, c } })
const refused = (line: number, reason: string | RegExp) => ({
  line,
  usable: false,
  reason: typeof reason === 'string' ? reason : (expect.stringMatching(reason) as unknown)
})

describe('rows of a table', () => {
  it('are read with either line end, with or without a last one, whatever the pieces the file comes in', async () => {
    for (const file of ['a,b,c\n1,2,3\n4,5,6\n', 'a,b,c\r\n1,2,3\r\n4,5,6']) {
      for (const size of [1, 2, 3, 1000]) expect(await rows(file, size)).toEqual([row(2, '1', '2', '3'), row(3, '4', '5', '6')])
    }
  })

  it('are found by the names of the columns, in any order, beside others', async () => {
    expect(await rows('C,"b",A\n3,2,1\n')).toEqual([{ line: 2, usable: true, cells: { c: '3', b: '2', a: '1' } }])
  })

  it('may hold quotes, commas and line breaks inside quotes, and count their lines', async () => {
    expect(await rows('a,b,c\n"x, ""y""",2,"two\nlines"\n7,8,9\n')).toEqual([row(2, 'x, "y"', '2', 'two\nlines'), row(4, '7', '8', '9')])
  })

  it('begin after a UTF-8 mark', async () => {
    expect(await rows('\ufeffa,b,c\n1,2,3\n')).toEqual([row(2, '1', '2', '3')])
  })

  it('skip empty lines', async () => {
    expect(await rows('\n\na,b,c\n\n1,2,3\n\n')).toEqual([row(5, '1', '2', '3')])
  })
})

describe('a line that cannot be used costs itself only', () => {
  it('when it is cut or has too much', async () => {
    expect(await rows('a,b,c\n1,2\n4,5,6\n1,2,3,4\n7,8,9\n')).toEqual([
      refused(2, 'the line has 2 columns; the header has 3'),
      row(3, '4', '5', '6'),
      refused(4, 'the line has 4 columns; the header has 3'),
      row(5, '7', '8', '9')
    ])
  })

  it('when it is 10 MB long', async () => {
    const file = Buffer.concat([Buffer.from('a,b,c\n1,2,3\n'), Buffer.alloc(10 * 1024 * 1024, 'x'), Buffer.from('\n4,5,6\n')])
    expect(await rows(file, 65_536)).toEqual([row(2, '1', '2', '3'), refused(3, /^the line is 10485760 bytes long/), row(4, '4', '5', '6')])
  })

  it('when it is endless, and is never held in memory', async () => {
    const megabyte = 1024 * 1024
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    async function* chunks() {
      yield Buffer.from('a,b,c\n1,2,3\n')
      for (let count = 0; count < 512; count += 1) {
        yield Buffer.alloc(megabyte, 'x')
        most = Math.max(most, process.memoryUsage().arrayBuffers - before)
      }
    }
    const read: TableRow[] = []
    for await (const one of tableRows(chunks(), ['a'])) read.push(one)
    expect(read).toEqual([row(2, '1', '2', '3'), refused(3, /^the line is 536870912 bytes long/)])
    // Far below the line's 512 MB, far above what the collector leaves lying between its runs.
    expect(most).toBeLessThan(256 * megabyte)
  })

  it('when it is in another encoding', async () => {
    const file = Buffer.concat([Buffer.from('a,b,c\n1,caf'), Buffer.from([0xe9]), Buffer.from(',3\n4,5,6\n')])
    expect(await rows(file)).toEqual([refused(2, 'the line is not valid UTF-8'), row(3, '4', '5', '6')])
  })

  it('when it opens a quote that is never closed, before or at the end of the file', async () => {
    expect(await rows('a,b,c\n1,"2,3\n4,5,6\n7,8,9\n')).toEqual([
      refused(2, 'a quote is opened and never closed'),
      row(3, '4', '5', '6'),
      row(4, '7', '8', '9')
    ])
    expect(await rows('a,b,c\n4,5,6\n1,"2')).toEqual([row(2, '4', '5', '6'), refused(3, 'a quote is opened and never closed')])
  })

  it('when its quote swallows a later line that has one too', async () => {
    expect(await rows('a,b,c\n1,"2,3\n4,5,6\n7,"8",9"\n1,2,3\n')).toEqual([
      refused(2, 'a quote stands in the middle of a value'),
      row(3, '4', '5', '6'),
      refused(4, 'a quote is opened and never closed'),
      row(5, '1', '2', '3')
    ])
  })

  it('when a quote stands in the middle of a value', async () => {
    expect(await rows('a,b,c\n1,2"2"2,3\n4,5,6\n')).toEqual([refused(2, 'a quote stands in the middle of a value'), row(3, '4', '5', '6')])
  })
})

describe('a file that is not a table of incidents', () => {
  it.each([
    ['is empty', Buffer.alloc(0), /^The file is empty/],
    ['is UTF-16 with a mark', Buffer.from('\ufeffa,b,c\n1,2,3\n', 'utf16le'), /UTF-16.*UTF-8/],
    ['is UTF-16 without a mark', Buffer.from('a,b,c\n1,2,3\n', 'utf16le'), /UTF-16/],
    ['has no header', Buffer.from('1,2,3\n4,5,6\n'), /^Line 1 is not the header.*a, b/],
    ['has a header that lacks a column', Buffer.from('a,c\n1,3\n'), /1 of the columns it must name are missing \(b\)/],
    ['is separated by semicolons', Buffer.from('a;b;c\n1;2;3\n'), /separated by commas/],
    ['names a column twice', Buffer.from('a,b,a\n1,2,3\n'), /names a column twice: a/],
    ['is one endless line', Buffer.alloc(200_000, 'x'), /is not the header/]
  ])('is refused with a sentence when it %s', async (_, file, message) => {
    await expect(rows(file)).rejects.toThrow(UnreadableTable)
    await expect(rows(file)).rejects.toThrow(message)
  })
})
