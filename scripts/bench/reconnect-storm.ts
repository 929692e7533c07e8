import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { ChangesPage } from '#shared/protocol/changes.ts'
import { ROOT } from '../drive/root.ts'
import { benchDesk } from './desk.ts'
import { median, percentile, type Figure, type Job } from './figure.ts'
import { startFloor } from './floor.ts'
import { openCases, signIn, wireConsole, type SignedIn } from './wire.ts'

const PEOPLE = ['amara', 'jonas', 'priya', 'tomas']
/** What a busy desk changes in half an hour. */
const CHANGES = 300
/** Fifty consoles a second is what the server asks for; a storm that ignores it comes within this. */
const SPREAD = 5_000
const Seen = z.object({ milliseconds: z.number(), each: z.array(z.number()), repeats: z.number() })

/** Consoles that come back at once after half an hour and pull what they missed: until the last one is current. */
export const reconnectStorm: Job = {
  name: 'reconnect-storm',
  about: 'milliseconds until all consoles are current again after 30 minutes away (300 changes), connecting within 5 s',
  sizes: [1_000],
  run: async ({ runs, sizes, say }) => {
    const figures: Figure[] = []
    for (const size of sizes) {
      const desk = await benchDesk(1_000)
      const { url } = desk.backend
      const floor = await startFloor()
      try {
        const who = await Promise.all(PEOPLE.map((name) => signedInWithScope(url, name)))
        const first = who[0]
        if (!first) throw new Error('nobody is signed in')
        const writer = await wireConsole(url, first)
        const { cursor } = writer.welcome
        const cases = await openCases(url, first.token, 60)
        for (let n = 0; n < CHANGES; n++) {
          const id = cases[n % cases.length]?.id ?? ''
          await writer.push([writer.command('note', { kind: 'case', id }, { text: `Half an hour’s work, ${n}.` })])
        }
        await fillFloor(floor, await writer.ask<{ page: ChangesPage }>('changes', { after: cursor, limit: 2_000 }))
        writer.close()

        // The same computers each time; the warm-up is their first visit.
        const consoleIds = Array.from({ length: size }, () => randomUUID())
        const ours: number[] = []
        const bare: number[] = []
        const each: number[] = []
        const repeats: number[] = []
        const memory: number[] = []
        const delay: number[] = []
        for (let run = 0; run <= runs; run++) {
          const mine = await storm({ url, consoles: size, spread: SPREAD, ours: { who, cursor, consoleIds } }, () => gauges(url))
          const wire = await storm({ url: floor.url, consoles: size, spread: SPREAD, ours: null }, () => Promise.resolve(null))
          say(
            `reconnect-storm, ${size}, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${mine.seen.milliseconds.toFixed(0)} ms, bare Socket.IO ${wire.seen.milliseconds.toFixed(0)} ms`
          )
          if (run === 0) continue
          ours.push(mine.seen.milliseconds)
          bare.push(wire.seen.milliseconds)
          each.push(...mine.seen.each)
          repeats.push(mine.seen.repeats)
          if (mine.gauges) {
            memory.push(mine.gauges.megabytes)
            delay.push(mine.gauges.delay)
          }
        }
        figures.push({
          job: 'reconnect-storm',
          size,
          runs,
          unit: 'ms',
          ours: median(ours),
          floor: median(bare),
          peers: {},
          more: {
            'one console p50 ms': median(each),
            'one console p99 ms': percentile(each, 99),
            'tried again': median(repeats),
            'server memory MB': median(memory),
            'event-loop delay p99 ms': median(delay)
          }
        })
      } finally {
        floor.end()
        await desk.end()
      }
    }
    return figures
  }
}

/** What a person may see differs, and with it the scope that a returning console names. */
async function signedInWithScope(url: string, name: string): Promise<SignedIn & { readonly scope: string }> {
  const who = await signIn(url, name)
  const console_ = await wireConsole(url, who)
  console_.close()
  return { ...who, scope: console_.welcome.scope }
}

async function storm<T>(
  order: object,
  whileConnected: () => Promise<T>
): Promise<{ readonly seen: z.infer<typeof Seen>; readonly gauges: T }> {
  const child = fork(join(ROOT, 'scripts', 'bench', 'storm-clients.ts'))
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()))
  const heard = new Promise<unknown>((settle, fail) => {
    child.once('message', settle)
    child.once('exit', () => fail(new Error('the consoles ended before they were current')))
  })
  child.send(order)
  const seen = Seen.parse(await heard)
  const gauges = await whileConnected()
  child.send('end')
  await gone
  return { seen, gauges }
}

/** The floor hands out the same bytes. */
async function fillFloor(floor: Awaited<ReturnType<typeof startFloor>>, { page }: { readonly page: ChangesPage }): Promise<void> {
  const socket = await floor.connect()
  const items = [...page.entries, ...page.images].map((body) => ({ id: randomUUID(), body }))
  await socket.emitWithAck('push', items)
  socket.disconnect()
}

async function gauges(url: string): Promise<{ readonly megabytes: number; readonly delay: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const value = (name: string) => Number(new RegExp(`^${name} ([0-9.e+-]+)`, 'm').exec(text)?.[1] ?? Number.NaN)
  return { megabytes: value('process_resident_memory_bytes') / 1e6, delay: value('nodejs_eventloop_lag_p99_seconds') * 1_000 }
}
