import { z } from 'zod'
import { ROOT } from '../drive/root.ts'
import { startPage, type Page } from './chromium.ts'

const PASSPHRASE = 'the desk keeps this one'

const seen = (what: string) => `new Promise((settle) => {
  const look = () => { const found = ${what}; if (found) settle(found === true ? Date.now() : found); else requestAnimationFrame(look) }
  look()
})`
const field = (name: string) => `[...document.querySelectorAll('label')].find((label) => label.textContent.trim().startsWith('${name}'))`
const input = (name: string) => `(${field(name)}?.control ?? document.querySelector('input[aria-label="${name}"]'))`
const LIST = `document.querySelector('[role=grid] [role=row][aria-rowindex]') !== null`
const LIVE = `document.querySelector('button[aria-label^="Connection: Live"]') !== null`
const DESK = `document.querySelector('nav[aria-label="Desk"]') !== null`

const Watched = z.object({ desk: z.number(), rows: z.number(), list: z.number(), live: z.number() })

/** Instants, in wall milliseconds, at which the signed-in desk, the first rows of its list, all of that list, and the end of the first load were on the screen. */
export type Loaded = z.infer<typeof Watched>

/** Starts the built console on this folder: the product as people run it, beside a server elsewhere. */
export function startConsole(data: string, server: string): Promise<Page> {
  return startPage([ROOT], { ...process.env, RINGDOWN_DATA: data, RINGDOWN_SERVER: server })
}

/** Opens the disk where the computer has no keyring; the instant at which it was asked for, and that of the Enter that opened it. */
export async function openDisk(page: Page): Promise<{ readonly askedAt: number; readonly openedAt: number } | null> {
  const first = z
    .enum(['disk', 'open'])
    .parse(await page.evaluate(seen(`${input('Passphrase')} ? 'disk' : ${input('Name')} || ${DESK} ? 'open' : false`)))
  if (first === 'open') return null
  const askedAt = Date.now()
  for (const name of ['Passphrase', 'Passphrase again']) {
    if ((await page.evaluate(`Boolean(${input(name)})`)) !== true) continue
    await page.evaluate(`${input(name)}.focus()`)
    await page.type(PASSPHRASE)
  }
  const openedAt = Date.now()
  await page.enter()
  return { askedAt, openedAt }
}

/** Signs in by keyboard and resolves when the whole desk has come in; `enteredAt` is the instant of the Enter. */
export async function signInAndLoad(page: Page, account: string): Promise<Loaded & { readonly enteredAt: number }> {
  await page.evaluate(seen(`Boolean(${input('Password')})`))
  await page.evaluate(`${input('Name')}.focus()`)
  await page.type(account)
  await page.evaluate(`${input('Password')}.focus()`)
  await page.type('ringdown')
  const watching = page.evaluate(watch(LIVE))
  const enteredAt = Date.now()
  await page.enter()
  return { ...Watched.parse(await watching), enteredAt }
}

/** The instant at which the list of a console that was here before stands on the screen. */
export async function listStands(page: Page): Promise<number> {
  return z.number().parse(await page.evaluate(seen(LIST)))
}

function watch(complete: string): string {
  return `new Promise((settle) => {
    let desk = 0, rows = 0, list = 0, count = 0
    const look = () => {
      if (!desk && ${DESK}) desk = Date.now()
      if (!rows && ${LIST}) rows = Date.now()
      const now = Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0)
      if (now !== count) { count = now; list = Date.now() }
      if (rows && ${complete}) settle({ desk, rows, list, live: Date.now() })
      else requestAnimationFrame(look)
    }
    look()
  })`
}
