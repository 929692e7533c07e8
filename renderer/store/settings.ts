import { create } from 'zustand'
import { z } from 'zod'

/** Preferences of this person's screen, kept in the browser profile of this computer. */
const Settings = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  /** Single-letter keys on a case; off for people whose assistive technology sends letters. */
  letterKeys: z.boolean().default(true),
  /** Which country a number without a prefix belongs to. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('US'),
  wall: z
    .object({ diagonalInches: z.number().min(10).max(200), distanceMetres: z.number().min(0.5).max(30), visitor: z.boolean() })
    .default({ diagonalInches: 55, distanceMetres: 5, visitor: false })
})
export type Settings = z.infer<typeof Settings>

const KEY = 'ringdown.settings'

type SettingsStore = Settings & { readonly change: (patch: Partial<Settings>) => void }

export const useSettings = create<SettingsStore>((set, get) => ({
  ...read(),
  change: (patch) => {
    set(patch)
    const { theme, letterKeys, country, wall } = get()
    localStorage.setItem(KEY, JSON.stringify({ theme, letterKeys, country, wall }))
  }
}))

/** Settings another window changed. */
export function followOtherWindows(): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === KEY) useSettings.setState(read())
  }
  window.addEventListener('storage', listen)
  return () => window.removeEventListener('storage', listen)
}

/** What is stored, with defaults for whatever is missing or of another time. */
function read(): Settings {
  const stored = localStorage.getItem(KEY)
  const parsed = Settings.safeParse(stored === null ? {} : fromJson(stored))
  return parsed.success ? parsed.data : Settings.parse({})
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
