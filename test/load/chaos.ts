import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEmbedded } from '#server/db/embedded.ts'
import { startBackend, type Backend } from '#scripts/drive/backend.ts'
import { random, type Random } from '#test/sim/random.ts'
import { audit, untilQuiet } from './audit.ts'
import { consoleHandle, type ConsoleHandle } from './console-handle.ts'
import { cuttingProxy, type CuttingProxy } from './cutting-proxy.ts'
import { openLedger } from './ledger.ts'

const USAGE = `npm run chaos [-- --minutes 10 --consoles 20 --nodes 2 --seed TEXT --keep]
  Server nodes on one PostgreSQL and headless consoles as real processes, reached over a network that breaks. Nodes and consoles are killed with -9 and
  connections are cut or lose their answers at random instants. Then quiet: all consoles and the database must agree, and every command that a console
  showed as saved must be there exactly once. Ends with a line "N passed, N failed" that counts the commands.
  DATABASE_URL names an empty database to use; without it the embedded PostgreSQL is started.
`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    consoles: { type: 'string', default: '20' },
    nodes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now()) },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})
const ACCOUNTS = ['amara', 'jonas', 'priya', 'tomas', 'wen', 'sofia', 'daniel', 'ruth'] as const

if (values.help) process.stdout.write(USAGE)
else process.exitCode = await run(Number(values.minutes), Number(values.consoles), Number(values.nodes), values.seed, values.keep)

async function run(minutes: number, consoleCount: number, nodeCount: number, seed: string, keep: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-chaos-'))
  const chance = random(seed, 'events')
  const ledger = openLedger()
  const own = process.env['DATABASE_URL'] ? null : await startEmbedded(join(folder, 'database'))
  const databaseUrl = own?.url ?? process.env['DATABASE_URL'] ?? ''
  const nodes: Backend[] = []
  const proxies: CuttingProxy[] = []
  const consoles: ConsoleHandle[] = []
  const done = { nodeKills: 0, consoleKills: 0, cuts: 0, swallowed: 0 }
  let findings: readonly string[] = ['the run did not come to its end']
  try {
    for (let index = 0; index < nodeCount; index++)
      nodes.push(await startBackend({ data: join(folder, `node-${index}`), sampleDesk: index === 0, env: { DATABASE_URL: databaseUrl } }))
    for (let index = 0; index < consoleCount; index++) {
      const proxy = await cuttingProxy(() => chance.pick(nodes).port)
      proxies.push(proxy)
      const account = ACCOUNTS[index % ACCOUNTS.length] ?? 'amara'
      const console_ = consoleHandle({
        name: `${account}-${index}`,
        folder: join(folder, `console-${index}`),
        server: proxy.url,
        account,
        password: 'ringdown',
        ledger
      })
      await console_.start()
      consoles.push(console_)
    }
    process.stdout.write(`${nodeCount} nodes and ${consoleCount} consoles run; ${minutes} minutes of chaos (seed ${seed})\n`)
    const end = Date.now() + minutes * 60_000
    const over = () => Date.now() >= end
    await Promise.all([
      ...consoles.map((console_, index) => workOn(console_, random(seed, 'work', index), over, done)),
      ...nodes.map((node, index) => killNow(node, random(seed, 'node', index), over, done)),
      breakNetwork(proxies, chance, over, done),
      tellProgress(() => `${ledger.promises().length} commands saved; ${describe(done)}`, over)
    ])
    for (const proxy of proxies) proxy.cut()
    process.stdout.write(`the chaos is over: ${describe(done)}\n`)
    findings = await quietThenAudit()
  } finally {
    for (const console_ of consoles) await console_.kill()
    for (const proxy of proxies) await proxy.close()
    for (const node of nodes) await node.kill()
    await own?.stop()
    if (keep || findings.length > 0) process.stdout.write(`The data of this run is in ${folder} (seed ${seed}).\n`)
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  for (const finding of findings.slice(0, 50)) process.stdout.write(`  ${finding}\n`)
  const promised = ledger.promises()
  const confirmed = promised.filter((saved) => saved.outcome !== null).length
  process.stdout.write(`${promised.length} commands were shown as saved, ${confirmed} of them also as answered before a kill or the end.\n`)
  process.stdout.write(`chaos: ${promised.length - Math.min(findings.length, promised.length)} passed, ${findings.length} failed\n`)
  return findings.length === 0 && promised.length > 0 ? 0 : 1

  async function quietThenAudit(): Promise<readonly string[]> {
    try {
      await untilQuiet(consoles, databaseUrl, 240)
    } catch (error) {
      return [error instanceof Error ? error.message : String(error), ...(await audit(consoles, ledger, databaseUrl))]
    }
    return audit(consoles, ledger, databaseUrl)
  }
}

type Done = { nodeKills: number; consoleKills: number; cuts: number; swallowed: number }

/** A console works in bursts; now and then it is killed in the middle of one and started again on its folder. */
async function workOn(console_: ConsoleHandle, chance: Random, over: () => boolean, done: Done): Promise<void> {
  let burst = 0
  while (!over()) {
    burst += 1
    const working = console_.work(chance.between(1, 15), 1_500, `${console_.name}/${burst}/${chance.bits()}`)
    if (chance.chance(0.12)) {
      await pause(chance.between(0, 6_000))
      await console_.kill()
      done.consoleKills += 1
      await working
      await pause(chance.between(0, 3_000))
      await console_.start()
    } else {
      await working
    }
    await pause(chance.between(0, 1_500))
  }
}

async function killNow(node: Backend, chance: Random, over: () => boolean, done: Done): Promise<void> {
  while (!over()) {
    await pause(chance.between(2_000, 30_000))
    if (over()) return
    await node.kill()
    done.nodeKills += 1
    await pause(chance.between(0, 3_000))
    await node.start()
  }
}

async function breakNetwork(proxies: readonly CuttingProxy[], chance: Random, over: () => boolean, done: Done): Promise<void> {
  while (!over()) {
    await pause(chance.between(100, 3_000))
    const proxy = chance.pick(proxies)
    if (chance.chance(0.7)) {
      proxy.cut()
      done.cuts += 1
    } else {
      proxy.swallowAnswers()
      done.swallowed += 1
      setTimeout(proxy.cut, chance.between(500, 15_000)).unref()
    }
  }
}

async function tellProgress(words: () => string, over: () => boolean): Promise<void> {
  while (!over()) {
    await pause(15_000)
    process.stdout.write(`${words()}\n`)
  }
}

function describe(done: Done): string {
  return `${done.nodeKills} kills of nodes, ${done.consoleKills} kills of consoles, ${done.cuts} cuts, ${done.swallowed} times answers swallowed`
}
