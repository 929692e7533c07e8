import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../drive/root.ts'
import { startPage } from './chromium.ts'
import { benchDesk } from './desk.ts'
import { median, type Figure, type Job } from './figure.ts'
import { material } from './material.ts'
import { listStands, openDisk, signInAndLoad, startConsole } from './our-console.ts'
import { rxdbPage } from './peers.ts'
import { signIn } from './wire.ts'

const BLANK = join(ROOT, 'scripts', 'bench', 'pages', 'blank-window.mjs')
const PAINTED = 'new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(() => seen(Date.now()))))'
const Started = z.object({ shown: z.number(), at: z.number() })

/**
 * From the start of the program to a list that can be used, on a computer that was synchronised before. Where the computer has no keyring,
 * the time in which a person would type the passphrase is not counted; deriving the key from it is.
 */
export const coldStart: Job = {
  name: 'cold-start',
  about: 'milliseconds from the start of the program to a usable list, on a replica that is there',
  sizes: [50_000],
  run: async ({ runs, sizes, peers, say }) => {
    const figures: Figure[] = []
    const rxdb = peers ? await rxdbPage(say) : null
    for (const size of sizes) {
      const desk = await benchDesk(size)
      const { token } = await signIn(desk.backend.url, 'daniel')
      const stuff = await material(desk.backend.url, token, rxdb === null ? {} : { 'rxdb.js': rxdb })
      const folder = join(desk.folder, 'console')
      const peerProfile = join(desk.folder, 'peer')
      try {
        await fillOurs(folder, desk.backend.url)
        if (rxdb !== null) {
          say('cold-start: filling the peer')
          const page = await startPage([BLANK], { ...process.env, BENCH_PROFILE: peerProfile, BENCH_PAGE: `${stuff.url}/` })
          await page.evaluate(`import('/rxdb.js').then(() => globalThis.initialSync('/rows'))`)
          await page.quit()
        }
        const ours: number[] = []
        const unlock: number[] = []
        const floor: number[] = []
        const peer: number[] = []
        for (let run = 0; run <= runs; run++) {
          const mine = await startOurs(folder, desk.backend.url)
          const blank = await startBlank(join(desk.folder, 'blank'))
          const other = rxdb === null ? null : await startPeer(peerProfile, `${stuff.url}/`)
          say(
            `cold-start, ${size}, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${mine.total} ms (${mine.afterPassphrase} after the passphrase), blank window ${blank} ms${other === null ? '' : `, RxDB ${other} ms`}`
          )
          if (run === 0) continue
          ours.push(mine.total)
          unlock.push(mine.afterPassphrase)
          floor.push(blank)
          if (other !== null) peer.push(other)
        }
        figures.push({
          job: 'cold-start',
          size,
          runs,
          unit: 'ms',
          ours: median(ours),
          floor: median(floor),
          peers: peer.length > 0 ? { 'RxDB 17.6': median(peer) } : {},
          more: { 'after the passphrase ms': median(unlock) }
        })
      } finally {
        await stuff.close()
        await desk.end()
      }
    }
    return figures
  }
}

async function fillOurs(data: string, server: string): Promise<void> {
  const page = await startConsole(data, server)
  await openDisk(page)
  await signInAndLoad(page, 'daniel')
  // What a console does once it is idle belongs to this visit, not to the next start.
  await new Promise((settle) => setTimeout(settle, 3_000))
  await page.quit()
}

async function startOurs(data: string, server: string): Promise<{ readonly total: number; readonly afterPassphrase: number }> {
  const page = await startConsole(data, server)
  try {
    const disk = await openDisk(page)
    const at = await listStands(page)
    const typing = disk ? disk.openedAt - disk.askedAt : 0
    return { total: at - page.startedAt - typing, afterPassphrase: disk ? at - disk.openedAt : 0 }
  } finally {
    await page.quit()
  }
}

async function startBlank(profile: string): Promise<number> {
  const page = await startPage([BLANK], { ...process.env, BENCH_PROFILE: profile, BENCH_PAGE: 'data:text/html,<title>blank</title>blank' })
  try {
    return z.number().parse(await page.evaluate(PAINTED)) - page.startedAt
  } finally {
    await page.quit()
  }
}

async function startPeer(profile: string, address: string): Promise<number> {
  const page = await startPage([BLANK], { ...process.env, BENCH_PROFILE: profile, BENCH_PAGE: address })
  try {
    const started = Started.parse(await page.evaluate(`import('/rxdb.js').then(() => globalThis.coldStart())`))
    return started.at - page.startedAt
  } finally {
    await page.quit()
  }
}
