import { join, normalize, sep } from 'node:path'

/** The file that a path of app://ringdown names; null for anything that is not below the folder, however it is spelt. */
export function fileFor(folder: string, pathname: string): string | null {
  let decoded
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const path = normalize(join(folder, decoded))
  return path.startsWith(folder + sep) ? path : null
}
