import { spawn } from 'node:child_process'

/** `npm run check`: types and layers, lint, dead code, format. All four run even when one fails, so one run shows everything there is to mend. */
const CHECKS = [
  { name: 'types and layers', command: 'tsc', args: ['-b', '--pretty', 'false'] },
  { name: 'lint', command: 'oxlint', args: ['--quiet'] },
  { name: 'dead code', command: 'knip', args: ['--config', '.knip.json'] },
  { name: 'format', command: 'oxfmt', args: ['--check'] }
] as const

if (process.argv.includes('--help')) {
  process.stdout.write(
    'npm run check\n  Runs types and layers (tsc -b), lint (oxlint), dead code (knip) and format (oxfmt --check). Exit 0 only when all four pass.\n'
  )
} else {
  process.exitCode = (await runAll()) ? 0 : 1
}

async function runAll(): Promise<boolean> {
  let passed = 0
  for (const check of CHECKS) {
    const started = Date.now()
    const ok = await run(check.command, check.args)
    if (ok) passed += 1
    process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${check.name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
  }
  process.stdout.write(`check: ${passed} passed, ${CHECKS.length - passed} failed\n`)
  return passed === CHECKS.length
}

/** The tools lie in node_modules/.bin, which npm puts on PATH. */
async function run(command: string, args: readonly string[]): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
  child.on('error', (error) => {
    process.stderr.write(`${command} could not be started: ${error.message}\n`)
    resolve(false)
  })
  child.on('close', (code) => resolve(code === 0))
  return promise
}
