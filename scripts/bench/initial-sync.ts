import { join } from 'node:path'
import { z } from 'zod'
import { ROOT } from '../drive/root.ts'
import { startPage } from './chromium.ts'
import { benchDesk } from './desk.ts'
import { median, type Figure, type Job } from './figure.ts'
import { material } from './material.ts'
import { openDisk, signInAndLoad, startConsole } from './our-console.ts'
import { rxdbPage } from './peers.ts'
import { signIn } from './wire.ts'

const Result = z.object({ milliseconds: z.number(), records: z.number() })

/**
 * From a fresh profile to the whole desk on disk and its list on the screen, in real Electron. Ours from the Enter of the sign-in against the
 * real server; the floor and the peer get the same records from memory, without a sign-in, a database or rights.
 */
export const initialSync: Job = {
  name: 'initial-sync',
  about: 'milliseconds from the sign-in on a fresh computer to a complete, usable list',
  sizes: [50_000],
  run: async ({ runs, sizes, peers, say }) => {
    const figures: Figure[] = []
    const rxdb = peers ? await rxdbPage(say) : null
    for (const size of sizes) {
      const desk = await benchDesk(size)
      const { token } = await signIn(desk.backend.url, 'daniel')
      const stuff = await material(desk.backend.url, token, rxdb === null ? {} : { 'rxdb.js': rxdb })
      try {
        say(`initial-sync, ${size}: the snapshot holds ${stuff.cases} cases in ${(stuff.bytes / 1e6).toFixed(1)} MB`)
        const ours: number[] = []
        const rows: number[] = []
        const lists: number[] = []
        const signIns: number[] = []
        const floor: number[] = []
        const peer: number[] = []
        for (let run = 0; run <= runs; run++) {
          const mine = await loadOurs(join(desk.folder, `console-${run}`), desk.backend.url)
          const bare = await loadPage(
            `${stuff.url}/`,
            join(desk.folder, `floor-${run}`),
            `import('/floor.mjs').then((page) => page.loadChunked('/snapshot'))`
          )
          // The peer takes minutes at full size, so three runs of it have to do.
          const other =
            rxdb !== null && run <= 2
              ? await loadPage(
                  `${stuff.url}/`,
                  join(desk.folder, `peer-${run}`),
                  `import('/rxdb.js').then(() => globalThis.initialSync('/rows'))`
                )
              : null
          say(
            `initial-sync, ${size}, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${mine.complete} ms (first rows ${mine.rows}, all open cases ${mine.list}), floor ${bare} ms${other === null ? '' : `, RxDB ${other} ms`}`
          )
          if (run === 0) continue
          ours.push(mine.complete)
          rows.push(mine.rows)
          lists.push(mine.list)
          signIns.push(mine.signIn)
          floor.push(bare)
          if (other !== null) peer.push(other)
        }
        figures.push({
          job: 'initial-sync',
          size,
          runs,
          unit: 'ms',
          ours: median(ours),
          floor: median(floor),
          peers: peer.length > 0 ? { 'RxDB 17.6': median(peer) } : {},
          more: {
            'first rows ms': median(rows),
            'all open cases ms': median(lists),
            'of it sign-in ms': median(signIns),
            'snapshot MB': stuff.bytes / 1e6
          }
        })
      } finally {
        await stuff.close()
        await desk.end()
      }
    }
    return figures
  }
}

async function loadOurs(
  data: string,
  server: string
): Promise<{ readonly complete: number; readonly rows: number; readonly list: number; readonly signIn: number }> {
  const page = await startConsole(data, server)
  try {
    await openDisk(page)
    const { desk, rows, list, live, enteredAt } = await signInAndLoad(page, 'daniel')
    return { complete: live - enteredAt, rows: rows - enteredAt, list: list - enteredAt, signIn: desk - enteredAt }
  } finally {
    await page.quit()
  }
}

async function loadPage(address: string, profile: string, work: string): Promise<number> {
  const page = await startPage([join(ROOT, 'scripts', 'bench', 'pages', 'blank-window.mjs')], {
    ...process.env,
    BENCH_PROFILE: profile,
    BENCH_PAGE: address
  })
  try {
    return Result.parse(await page.evaluate(work)).milliseconds
  } finally {
    await page.quit()
  }
}
