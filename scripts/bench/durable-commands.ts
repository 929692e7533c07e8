import { Client } from 'pg'
import { embeddedDatabase } from '../drive/desk-database.ts'
import { benchDesk } from './desk.ts'
import { median, type Figure, type Job } from './figure.ts'
import { openCases, signIn, wireConsole, type SignedIn } from './wire.ts'

const CLIENTS = 8
const EACH = 350
const PEOPLE = ['amara', 'jonas', 'priya', 'tomas', 'wen', 'sofia', 'daniel', 'ruth']

/**
 * Commands answered as durable per second: eight consoles, each with one command under way, against eight connections that each insert and commit one row
 * of the same size, on the same database with the same settings.
 */
export const durableCommands: Job = {
  name: 'durable-commands',
  about: 'commands a second, decided, logged, committed and answered, 8 consoles with one command under way each',
  sizes: [1_000],
  run: async ({ runs, sizes, say }) => {
    const figures: Figure[] = []
    for (const size of sizes) {
      const desk = await benchDesk(size)
      try {
        const people = await Promise.all(PEOPLE.slice(0, CLIENTS).map((name) => signIn(desk.backend.url, name)))
        const ours: number[] = []
        const floor: number[] = []
        for (let run = 0; run <= runs; run++) {
          const a = await commandsPerSecond(desk.backend.url, people)
          const b = await rawCommitsPerSecond(embeddedDatabase(desk.backend.data))
          say(
            `durable-commands, ${size} cases, run ${run}${run === 0 ? ' (warm-up)' : ''}: ours ${a.toFixed(0)}/s, raw commits ${b.toFixed(0)}/s`
          )
          if (run > 0) {
            ours.push(a)
            floor.push(b)
          }
        }
        figures.push({
          job: 'durable-commands',
          size,
          runs,
          unit: 'commands/s',
          ours: median(ours),
          floor: median(floor),
          peers: {},
          more: {}
        })
      } finally {
        await desk.end()
      }
    }
    return figures
  }
}

async function commandsPerSecond(url: string, people: readonly SignedIn[]): Promise<number> {
  const cases = await openCases(url, people[0]?.token ?? '', 40)
  const consoles = await Promise.all(people.map((who) => wireConsole(url, who)))
  const began = performance.now()
  await Promise.all(
    consoles.map(async (console_, index) => {
      for (let n = 0; n < EACH; n++) {
        const target = cases[(index + n) % cases.length]
        if (!target) throw new Error('no case')
        const reply = await console_.push([
          console_.command('note', { kind: 'case', id: target.id }, { text: `Checked the array again, run ${n}: no change yet.` })
        ])
        if (reply.answers[0]?.outcome !== 'accepted') throw new Error(`refused: ${JSON.stringify(reply)}`)
      }
    })
  )
  const seconds = (performance.now() - began) / 1_000
  for (const console_ of consoles) console_.close()
  return (CLIENTS * EACH) / seconds
}

async function rawCommitsPerSecond(database: string): Promise<number> {
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new Client({ connectionString: database })
      await client.connect()
      return client
    })
  )
  const [first] = clients
  await first?.query('create table if not exists bench_floor (id bigint generated always as identity primary key, body jsonb not null)')
  const body = JSON.stringify({ text: 'Checked the array again: no change yet.', at: 0, by: 'somebody', facts: ['x'.repeat(400)] })
  const began = performance.now()
  await Promise.all(
    clients.map(async (client) => {
      for (let n = 0; n < EACH; n++)
        await client.query({ name: 'floor', text: 'insert into bench_floor (body) values ($1)', values: [body] })
    })
  )
  const seconds = (performance.now() - began) / 1_000
  await first?.query('drop table bench_floor')
  await Promise.all(clients.map((client) => client.end()))
  return (CLIENTS * EACH) / seconds
}
