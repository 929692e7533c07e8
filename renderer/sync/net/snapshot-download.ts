import type { SnapshotLine } from '#shared/protocol/snapshot.ts'
import { SnapshotLineFrame } from '#shared/protocol/snapshot.ts'

export type SnapshotListener = {
  /** `raw` is the JSON text of a chunk's images as it came, where it can be cut out. Resolves when more may come. */
  readonly line: (line: SnapshotLine, raw: string | null) => Promise<void>
  /** The stream is over: null when it could not be had or broke off, otherwise the status it ended with. */
  readonly ended: (status: number | null) => void
}

/** Streams a snapshot line by line until its `end`, a fault, or `signal`. The next line is read only when the last was taken. */
export async function downloadSnapshot(
  url: string,
  token: string,
  resume: string | null,
  listener: SnapshotListener,
  signal: AbortSignal
): Promise<void> {
  const address = new URL('/snapshot', url)
  if (resume !== null) address.searchParams.set('resume', resume)
  let status: number | null = null
  try {
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` }, signal, cache: 'no-store' })
    status = response.status
    if (response.status !== 200 || !response.body) return listener.ended(status)
    for await (const text of lines(response.body, signal)) {
      const line = readLine(text)
      if (!line) return listener.ended(null)
      await listener.line(line, line.type === 'chunk' ? imagesText(text) : null)
      if (signal.aborted) return
      if (line.type === 'end') return
    }
    listener.ended(null)
  } catch {
    if (!signal.aborted) listener.ended(status === 200 ? null : status)
  }
}

/** The frame is checked; record bodies are the server's own and are trusted once the replica schema fits. */
function readLine(text: string): SnapshotLine | null {
  try {
    const value: unknown = JSON.parse(text)
    return isChunk(value) || SnapshotLineFrame.safeParse(value).success ? (value as SnapshotLine) : null
  } catch {
    return null
  }
}

/** What the schema says of a chunk, without the copy of every record that parsing makes. */
function isChunk(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== 'chunk') return false
  if (!('kind' in value) || typeof value.kind !== 'string' || !('resume' in value) || typeof value.resume !== 'string') return false
  return 'images' in value && Array.isArray(value.images) && value.images.every(isImage)
}

function isImage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('id' in value) || !('version' in value)) return false
  return typeof value.kind === 'string' && typeof value.id === 'string' && Number.isInteger(value.version)
}

/** `…"images":[…],"resume":"…"}`: the array between, so that it need not be written out again. */
function imagesText(line: string): string | null {
  const from = line.indexOf('"images":[')
  const to = line.lastIndexOf('],"resume":')
  return from > 0 && to > from ? line.slice(from + '"images":'.length, to + 1) : null
}

async function* lines(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncIterable<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const parts: string[] = []
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read()
      if (done) break
      let text = decoder.decode(value, { stream: true })
      for (let cut = text.indexOf('\n'); cut >= 0; cut = text.indexOf('\n')) {
        parts.push(text.slice(0, cut))
        text = text.slice(cut + 1)
        const line = parts.join('')
        parts.length = 0
        if (line !== '') yield line
      }
      parts.push(text)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
