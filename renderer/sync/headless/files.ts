/** What a headless console needs of a file system; `node:fs/promises` has all of it. */
export type Fs = {
  readonly open: (
    path: string,
    flags: string
  ) => Promise<{
    readonly appendFile: (text: string) => Promise<void>
    readonly sync: () => Promise<void>
    readonly close: () => Promise<void>
  }>
  readonly readFile: (path: string, encoding: 'utf8') => Promise<string>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly rm: (path: string, options: { readonly force: boolean }) => Promise<void>
  readonly readdir: (path: string) => Promise<string[]>
  readonly mkdir: (path: string, options: { readonly recursive: true }) => Promise<unknown>
}

/** The text of a file, null when there is none. */
export async function readIfThere(fs: Fs, path: string): Promise<string | null> {
  try {
    return await fs.readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Appends; with `sync` it returns when the bytes are on the medium. */
export async function append(fs: Fs, path: string, text: string, sync: boolean): Promise<void> {
  const file = await fs.open(path, 'a')
  try {
    await file.appendFile(text)
    if (sync) await file.sync()
  } finally {
    await file.close()
  }
}

/** Replaces a file whole: after a crash there is the old text or the new one. */
export async function replace(fs: Fs, path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  await fs.rm(fresh, { force: true })
  await append(fs, fresh, text, true)
  await fs.rename(fresh, path)
}

/** One line that is whole or recognised as torn: checksum, blank, JSON. */
export function encodeLine(value: unknown): string {
  const json = JSON.stringify(value)
  return `${checksum(json)} ${json}\n`
}

/** The whole lines of a log up to the first that is not; what follows a torn line was never reported as written. */
export function decodeLines(text: string): { readonly values: readonly unknown[]; readonly torn: boolean } {
  const values: unknown[] = []
  for (const line of text.split('\n')) {
    if (line === '') continue
    const blank = line.indexOf(' ')
    const json = line.slice(blank + 1)
    if (blank < 0 || line.slice(0, blank) !== checksum(json)) return { values, torn: true }
    values.push(JSON.parse(json))
  }
  return { values, torn: !text.endsWith('\n') && text !== '' }
}

/** FNV-1a over UTF-16 units: enough to tell a torn line from a whole one. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
