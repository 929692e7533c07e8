const known = new WeakMap<object, string>()

/** A record's text as search sees it: lower case, no accents, words after single spaces, one space in front. Worked out once per record value. */
export function folded(record: object, text: string): string {
  const found = known.get(record)
  if (found !== undefined) return found
  const made = ` ${foldText(text)}`
  known.set(record, made)
  return made
}

/** The words of what was typed, folded alike. */
export function wordsOf(typed: string): readonly string[] {
  return foldText(typed)
    .split(' ')
    .filter((word) => word !== '')
}

/** Every typed word begins a word of the text. */
export function matchesWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(` ${word}`))
}

function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
