import { join } from 'node:path'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import { z } from 'zod'
import { readIfThere, replaceFile } from './durable-file.ts'
import { asFacts, type Log } from './log.ts'

const Place = z.object({ x: z.number(), y: z.number(), width: z.number().min(320), height: z.number().min(240), maximized: z.boolean() })
export type Place = z.infer<typeof Place>

/** Where the window was left, null when it never was or when no screen shows that place any more. */
export function rememberedPlace(folder: string, window: string): Place | null {
  const content = readIfThere(pathOf(folder, window))
  if (content === null) return null
  let place
  try {
    place = Place.safeParse(JSON.parse(content))
  } catch {
    return null
  }
  return place.success && isOnScreen(place.data) ? place.data : null
}

export function rememberPlace(folder: string, name: string, window: BrowserWindow, log: Log): void {
  const place: Place = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  try {
    replaceFile(pathOf(folder, name), JSON.stringify(place))
  } catch (error) {
    // Losing the place of a window is no reason to keep it from closing.
    log.error('window place not kept', asFacts(error))
  }
}

function pathOf(folder: string, window: string): string {
  return join(folder, `place-${window}.json`)
}

function isOnScreen(place: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(place.x + place.width, workArea.x + workArea.width) - Math.max(place.x, workArea.x)
    const height = Math.min(place.y + place.height, workArea.y + workArea.height) - Math.max(place.y, workArea.y)
    return width > 200 && height > 100
  })
}
