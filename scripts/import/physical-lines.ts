/** A line of a file as it lies there: its bytes without the line end, or only its length when it is too long to be held. */
export type PhysicalLine = { readonly line: number; readonly bytes: Buffer } | { readonly line: number; readonly tooLong: number }

const NEWLINE = 0x0a
const RETURN = 0x0d

/** Splits a stream into lines, counted from 1. Whatever the file holds, never more than `longest` bytes of a line are kept in memory. */
export async function* physicalLines(chunks: AsyncIterable<Buffer>, longest: number): AsyncGenerator<PhysicalLine> {
  let line = 1
  let held: Buffer[] = []
  let length = 0
  const take = (part: Buffer) => {
    length += part.length
    if (length <= longest) held.push(part)
    else held = []
  }
  const finished = (): PhysicalLine => {
    const done: PhysicalLine = length > longest ? { line, tooLong: length } : { line, bytes: withoutReturn(Buffer.concat(held)) }
    line += 1
    held = []
    length = 0
    return done
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(NEWLINE, from); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      take(chunk.subarray(from, end))
      from = end + 1
      yield finished()
    }
    if (from < chunk.length) take(chunk.subarray(from))
  }
  if (length > 0) yield finished()
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === RETURN ? bytes.subarray(0, -1) : bytes
}
