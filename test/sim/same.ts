/** Whether two JSON values say the same, whatever order their keys come in; an absent field and an undefined one are the same. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((item, index) => same(item, b[index]))
  }
  const left = a as { readonly [key: string]: unknown }
  const right = b as { readonly [key: string]: unknown }
  for (const key in left) if (!same(left[key], right[key])) return false
  for (const key in right) if (right[key] !== undefined && left[key] === undefined) return false
  return true
}

/** The first place where two JSON values differ, for people. */
export function difference(a: unknown, b: unknown, path = ''): string {
  if (same(a, b)) return 'none'
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return `${path === '' ? 'value' : path}: ${JSON.stringify(a)} against ${JSON.stringify(b)}`
  const left = a as { readonly [key: string]: unknown }
  const right = b as { readonly [key: string]: unknown }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
    if (!same(left[key], right[key])) return difference(left[key], right[key], `${path}.${key}`)
  return path
}
