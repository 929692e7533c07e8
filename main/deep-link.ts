import { z } from 'zod'
import type { DeskNotice } from '#shared/protocol/desk-api.ts'

export const LINK_SCHEME = 'ringdown'

const CaseNumber = z.string().trim().min(1).max(40)
const Phone = z
  .string()
  .trim()
  .regex(/^[+0-9 ().\-/*#]{1,40}$/)
const CallId = z.string().trim().min(1).max(100)

/**
 * What a link from outside asks for: `ringdown://case/NUMBER`, or `ringdown://call?from=&to=&id=` from a telephone system. It only ever shows something;
 * a link cannot change a case. Null for everything else.
 */
export function readLink(text: string): Extract<DeskNotice, { type: 'call' | 'openCase' }> | null {
  if (text.length > 500 || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== `${LINK_SCHEME}:`) return null
  if (url.host === 'case') {
    const number = CaseNumber.safeParse(decodeOrNull(url.pathname.slice(1)))
    return number.success ? { type: 'openCase', number: number.data } : null
  }
  if (url.host === 'call') {
    const part = <T>(name: string, schema: z.ZodType<T>): T | null => schema.safeParse(url.searchParams.get(name)).data ?? null
    const call = { type: 'call', from: part('from', Phone), to: part('to', Phone), callId: part('id', CallId) } as const
    return call.from === null && call.callId === null ? null : call
  }
  return null
}

/** The link among a second start's arguments. Chromium re-orders them and adds its own, so it is looked for and not counted to. */
export function linkAmong(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith(`${LINK_SCHEME}://`)) ?? null
}

function decodeOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
