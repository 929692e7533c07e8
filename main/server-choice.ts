import { join } from 'node:path'
import { z } from 'zod'
import { readIfThere } from './durable-file.ts'

const HttpUrl = z.url({ protocol: /^https?$/ })
const ConsoleSettings = z.object({ server: HttpUrl.nullable().default(null) })

/**
 * The desk this console belongs to: the origin of a remote server, from RINGDOWN_SERVER or `console.json` in the data folder (which an administrator can
 * roll out); null means this computer's own embedded one.
 */
export function chosenServer(dataRoot: string): string | null {
  const named = process.env['RINGDOWN_SERVER']
  if (named) return new URL(HttpUrl.parse(named)).origin
  const settings = readIfThere(join(dataRoot, 'console.json'))
  if (settings === null) return null
  const { server } = ConsoleSettings.parse(JSON.parse(settings))
  return server === null ? null : new URL(server).origin
}
