import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { readIfThere, replaceFile } from './durable-file.ts'

/** The installation's id, made once: commands are numbered under it, so two consoles must never share one. */
export function consoleId(folder: string): string {
  const path = join(folder, 'console-id')
  const known = readIfThere(path)
  if (known !== null) return z.uuid().parse(known.trim())
  const made = randomUUID()
  replaceFile(path, `${made}\n`)
  return made
}
