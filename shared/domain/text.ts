import { z } from 'zod'

/**
 * What a person typed, trimmed. NUL and lone surrogates are taken out: PostgreSQL's jsonb refuses both, and one pasted character must not keep
 * a whole case from being stored.
 */
export function typed(max: number) {
  return z.string().overwrite(storable).trim().max(max)
}

/** The same text without the characters that no database and no JSON reader agree on. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '')
}

/** A name that must not be empty. */
export function name(max: number) {
  return typed(max).min(1)
}
