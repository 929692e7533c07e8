import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts'
import type { Instant } from '#shared/domain/instant.ts'
import { t } from './t.ts'

const instant = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** A refusal in words: what stood in the way, and where it helps, what to do. Each code is worded once, in the catalogue. */
export function refusalWords(refusal: Refusal): string {
  return t(`refusal.${refusal.code satisfies RefusalCode}`, wordable(refusal.detail))
}

/** Instants among the details (`at`, `until`, `endedAt`) become local times; what is missing becomes a dash. */
function wordable(detail: Refusal['detail']): { readonly [name: string]: string | number } {
  const words: { [name: string]: string | number } = {}
  for (const [name, value] of Object.entries(detail)) {
    if (typeof value === 'number' && /^(at|until|endedAt)$/.test(name)) words[name] = instant.format(value as Instant)
    else words[name] = typeof value === 'boolean' || value === null ? '–' : value
  }
  return words
}
