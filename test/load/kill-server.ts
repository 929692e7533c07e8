import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startBackend } from '#scripts/drive/backend.ts'
import { random } from '#test/sim/random.ts'
import { audit, untilQuiet } from './audit.ts'
import { consoleHandle } from './console-handle.ts'
import { embeddedDatabase } from '#scripts/drive/desk-database.ts'
import { openLedger } from './ledger.ts'

const USAGE = `npm run kill-server [-- --rounds 20 --commands 200 --seed TEXT --keep]
  Two consoles give commands while the backend is killed with -9 at a random instant. After each restart both consoles and the database must agree, and
  every command that a console showed as saved must be there exactly once. Ends with a line "N passed, N failed" that counts the rounds.
  --keep leaves the data folder and says where it is.
`

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    commands: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now()) },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false }
  }
})

if (values.help) process.stdout.write(USAGE)
else process.exitCode = await run(Number(values.rounds), Number(values.commands), values.seed, values.keep)

async function run(rounds: number, commands: number, seed: string, keep: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-kill-'))
  const ledger = openLedger()
  const backend = await startBackend({ data: join(folder, 'desk'), sampleDesk: true })
  const consoles = (['amara', 'jonas'] as const).map((account) =>
    consoleHandle({ name: account, folder: join(folder, account), server: backend.url, account, password: 'ringdown', ledger })
  )
  let passed = 0
  try {
    for (const console_ of consoles) await console_.start()
    for (let round = 1; round <= rounds; round++) {
      const chance = random(seed, round)
      const before = ledger.promises().length
      const working = consoles.map((console_) => console_.work(commands / consoles.length, 12, `${seed}/${round}/${console_.name}`))
      const wait = chance.between(0, (commands / consoles.length) * 8)
      await pause(wait)
      await backend.kill()
      const shownBeforeKill = ledger.promises().length - before
      await pause(chance.between(0, 400))
      await backend.start()
      await Promise.all(working)
      const findings = await quietThenAudit()
      if (findings.length === 0) passed += 1
      process.stdout.write(
        `round ${round}: killed after ${wait} ms with ${shownBeforeKill} of ${ledger.promises().length - before} commands saved: ${findings.length === 0 ? 'nothing lost, nothing twice, all agree' : 'NOT AS PROMISED'}\n`
      )
      for (const finding of findings.slice(0, 20)) process.stdout.write(`  ${finding}\n`)
    }
  } finally {
    for (const console_ of consoles) await console_.kill()
    await backend.kill()
    if (keep || passed < rounds) process.stdout.write(`The data of this run is in ${folder} (seed ${seed}).\n`)
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  process.stdout.write(
    `${ledger.promises().length} commands were shown as saved.\nkill-server: ${passed} passed, ${rounds - passed} failed\n`
  )
  return passed === rounds ? 0 : 1

  async function quietThenAudit(): Promise<readonly string[]> {
    const database = embeddedDatabase(backend.data)
    try {
      await untilQuiet(consoles, database, 60)
    } catch (error) {
      return [error instanceof Error ? error.message : String(error), ...(await audit(consoles, ledger, database))]
    }
    return audit(consoles, ledger, database)
  }
}
