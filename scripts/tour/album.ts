import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'

export type Album = {
  /** Says what is being waited for, plays it and notes how long it took. */
  readonly play: <T>(step: string, act: () => Promise<T>) => Promise<T>
  /** A picture of a window as a person sees it now. */
  readonly picture: (page: Page, name: string, scheme: 'light' | 'dark') => Promise<void>
  /** What is being waited for now. */
  readonly step: () => string
  readonly pictures: () => number
  /** Writes the timings. */
  readonly finish: () => void
}

type Timing = { readonly step: string; readonly milliseconds: number }

/** The pictures and timings of one tour, in a folder. What an earlier tour left there goes first, so that nothing in it is of another day. */
export function openAlbum(folder: string): Album {
  for (const name of readdirSync(folder)) if (/^\d\d-.*\.png$|^timings\.json$/.test(name)) rmSync(join(folder, name))
  const timings: Timing[] = []
  let now = 'the start'
  let taken = 0
  return {
    play: async (step, act) => {
      now = step
      const started = performance.now()
      const result = await act()
      const milliseconds = Math.round(performance.now() - started)
      timings.push({ step, milliseconds })
      process.stdout.write(`${String(milliseconds).padStart(6)} ms  ${step}\n`)
      return result
    },
    picture: async (page, name, scheme) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await page.evaluate(async () => {
        await document.fonts.ready
        // Two frames, so that the colours asked for are painted.
        await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))
      })
      taken += 1
      await page.screenshot({ path: join(folder, `${String(taken).padStart(2, '0')}-${name}.png`), scale: 'css' })
    },
    step: () => now,
    pictures: () => taken,
    finish: () => writeFileSync(join(folder, 'timings.json'), `${JSON.stringify(timings, null, 2)}\n`)
  }
}
