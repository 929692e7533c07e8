import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { hasDisplay, startXvfb } from './display.mjs'
import { runInForeground } from './foreground.mjs'
import { prepare } from './prepare.mjs'
import { Problem } from './problem.mjs'
import { DESK_DATA, NODE, ROOT } from './root.mjs'
import { sandboxSwitches } from './sandbox.mjs'
import { say } from './say.mjs'
import { runTests } from './test-run.mjs'

/** @typedef {import('./prepare.mjs').Need} Need */

/**
 * The commands that are one script with what it needs to be there first.
 * @type {Record<string, { script: string, before?: readonly string[], needs: readonly Need[], onDesk?: true }>}
 */
const SCRIPTS = {
  bench: { script: 'scripts/bench.ts', needs: ['electron', 'libraries', 'build', 'display'] },
  build: { script: 'scripts/build.ts', needs: [] },
  chaos: { script: 'test/load/chaos.ts', needs: [] },
  check: { script: 'scripts/check.ts', needs: [] },
  e2e: {
    script: 'node_modules/@playwright/test/cli.js',
    before: ['test', '--config', 'test/e2e/playwright.config.ts'],
    needs: ['electron', 'libraries', 'build', 'display']
  },
  format: { script: 'node_modules/oxfmt/bin/oxfmt', needs: [] },
  import: { script: 'scripts/import.ts', needs: [], onDesk: true },
  'kill-server': { script: 'test/load/kill-server.ts', needs: [] },
  package: { script: 'scripts/package.ts', needs: ['electron', 'build'] },
  server: { script: 'server/index.ts', needs: [], onDesk: true },
  sim: { script: 'test/sim/sim.ts', needs: [] },
  tour: { script: 'scripts/tour.ts', needs: ['electron', 'libraries', 'build', 'display'] },
  unit: { script: 'node_modules/vitest/vitest.mjs', before: ['run', '--config', 'scripts/vitest.config.ts'], needs: [] }
}

const HELP = {
  start: `npm start
  Installs what is missing on the first run, builds when sources changed, and opens the console on its embedded backend with a sample desk.
  Without a display it plays the tour under Xvfb instead and says where the pictures are.
  RINGDOWN_DATA=FOLDER keeps everything the run writes in that folder; two folders are two independent desks.
`,
  test: `npm test [-- --stage NAME]...
  Installs what is missing on the first run, then runs every stage of scripts/test-stages.mjs, or only those named.
  Prints what was not run and why; the last line counts what passed and failed. Exit 0 only when nothing failed.
`
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runCommand(name, args) {
  if ((name === 'start' || name === 'test') && args.includes('--help')) {
    process.stdout.write(HELP[name])
    return 0
  }
  if (name === 'start') return start(args)
  if (name === 'test') return runTests(args)
  const command = SCRIPTS[name]
  if (!command) throw new Problem(`There is no command ${name}.`, `Known: start, test, ${Object.keys(SCRIPTS).join(', ')}.`)
  const provided = await prepare(args.includes('--help') ? [] : command.needs)
  return runScript(
    join(ROOT, command.script),
    [...(command.before ?? []), ...args],
    { ...process.env, ...provided.env },
    command.needs.includes('display')
  )
}

/** @param {readonly string[]} args */
async function start(args) {
  if (!hasDisplay()) {
    say('there is no display here: playing the tour under Xvfb instead of opening the console')
    const out = join(ROOT, 'out', 'tour')
    const code = await runCommand('tour', args.some((arg) => arg.startsWith('--out')) ? args : ['--out', out, ...args])
    if (code === 0 && !args.some((arg) => arg.startsWith('--out'))) say(`the pictures of the tour are in ${out}`)
    return code
  }
  const provided = await prepare(['electron', 'libraries', 'build'])
  const { executable, dist } = provided.electron
  const switches = await sandboxSwitches(dist)
  return runInForeground(executable, [...switches, ROOT, ...args], {
    env: { RINGDOWN_SAMPLE: '1', ...process.env, ...provided.env, RINGDOWN_DATA: DESK_DATA }
  })
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} display
 */
async function runScript(script, args, env, display) {
  if (!existsSync(script)) throw new Problem(`${script} is missing.`, 'Restore it with: git checkout .')
  if (!display || hasDisplay()) return runInForeground(NODE, [script, ...args], { env })
  const xvfb = await startXvfb()
  try {
    return await runInForeground(NODE, [script, ...args], { env: { ...env, DISPLAY: xvfb.display } })
  } finally {
    xvfb.stop()
  }
}
