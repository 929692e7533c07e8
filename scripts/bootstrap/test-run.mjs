import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { STAGES } from '../test-stages.mjs'
import { hasDisplay, startXvfb } from './display.mjs'
import { runInForeground } from './foreground.mjs'
import { prepare } from './prepare.mjs'
import { Problem } from './problem.mjs'
import { NODE, ROOT, STATE } from './root.mjs'
import { say } from './say.mjs'

/** @typedef {{ passed: number, failed: number, notRun: readonly string[] }} Counts */

/**
 * `npm test`: all stages, also after one failed, then what was not run and why, then one line that counts them all.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runTests(args) {
  const chosen = chosenStages(args)
  const needs = [...new Set(chosen.flatMap((stage) => stage.needs))]
  const provided = await prepare(needs)
  const xvfb = needs.includes('display') && !hasDisplay() ? await startXvfb() : null
  const env = { ...process.env, ...provided.env, ...(xvfb ? { DISPLAY: xvfb.display } : {}) }
  /** @type {{ stage: string, seconds: number, counts: Counts }[]} */
  const results = []
  try {
    for (const stage of chosen) {
      say(`stage ${stage.name}`)
      const started = Date.now()
      const counts = await runStage(stage, env)
      results.push({ stage: stage.name, seconds: Math.round((Date.now() - started) / 1000), counts })
    }
  } finally {
    xvfb?.stop()
  }
  return report(
    results,
    STAGES.filter((stage) => !chosen.includes(stage)).map((stage) => stage.name)
  )
}

/** @param {readonly string[]} args */
function chosenStages(args) {
  const names = args.flatMap((arg, index) => (arg === '--stage' ? [args[index + 1] ?? ''] : []))
  const unknown =
    names.find((name) => !STAGES.some((stage) => stage.name === name)) ??
    (args.length > names.length * 2 ? args.find((arg) => arg !== '--stage' && !names.includes(arg)) : undefined)
  if (unknown !== undefined)
    throw new Problem(
      `npm test does not know ${unknown || 'an empty stage name'}.`,
      `Stages: ${STAGES.map((stage) => stage.name).join(', ')}. Usage: npm test -- --stage NAME`
    )
  return names.length === 0 ? STAGES : STAGES.filter((stage) => names.includes(stage.name))
}

/**
 * @param {import('../test-stages.mjs').Stage} stage
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Counts>}
 */
async function runStage(stage, env) {
  if (!existsSync(join(ROOT, stage.script))) {
    say(`${stage.name} cannot run: ${stage.script} is missing. Restore it with: git checkout .`)
    return { passed: 0, failed: 1, notRun: [] }
  }
  const file = join(STATE, `report-${stage.name}.json`)
  mkdirSync(STATE, { recursive: true })
  rmSync(file, { force: true })
  const reporting = {
    vitest: ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    playwright: ['--reporter=list,json'],
    printed: []
  }[stage.counts]
  const { code, printed } = await runWatched([join(ROOT, stage.script), ...stage.args, ...reporting], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file
  })
  const counts = stage.counts === 'printed' ? printedCounts(printed) : reportCounts(stage.counts, file)
  if (counts === null) {
    say(`${stage.name} ended with code ${code} and left no count of its tests`)
    return { passed: 0, failed: 1, notRun: [] }
  }
  if (code !== 0 && counts.failed === 0) {
    say(`${stage.name} ended with code ${code} although no single test failed`)
    return { ...counts, failed: 1 }
  }
  if (counts.passed + counts.failed === 0) {
    say(`${stage.name} found no test at all`)
    return { ...counts, failed: 1 }
  }
  return counts
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ code: number, printed: string }>}
 */
async function runWatched(args, env) {
  let printed = ''
  const onPrinted = (/** @type {string} */ text) => {
    printed = (printed + text).slice(-20_000)
  }
  const code = await runInForeground(NODE, args, { cwd: ROOT, env, onPrinted })
  if (code === 130 || code === 143) throw new Problem('npm test was interrupted; the stages that were left did not run.')
  return { code, printed }
}

/**
 * @param {string} printed
 * @returns {Counts | null}
 */
export function printedCounts(printed) {
  const last = [...printed.matchAll(/(\d+) passed, (\d+) failed/g)].at(-1)
  return last ? { passed: Number(last[1]), failed: Number(last[2]), notRun: [] } : null
}

/**
 * @param {'vitest' | 'playwright'} kind
 * @param {string} file
 * @returns {Counts | null}
 */
export function reportCounts(kind, file) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
  if (kind === 'vitest') {
    /** @type {{ status: string, fullName: string }[]} */
    const tests = report.testResults.flatMap((/** @type {{ assertionResults: unknown[] }} */ result) => result.assertionResults)
    // A file that does not even load has no tests to fail.
    const broken = report.testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ result) =>
        result.status === 'failed' && result.assertionResults.length === 0
    )
    return {
      passed: tests.filter((test) => test.status === 'passed').length,
      failed: tests.filter((test) => test.status === 'failed').length + broken.length,
      notRun: tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').map((test) => test.fullName)
    }
  }
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
    notRun: skippedIn(report.suites)
  }
}

/**
 * @typedef {{ title: string, tests: readonly { status: string, annotations?: readonly { type: string, description?: string }[] }[] }} Spec
 * @typedef {{ title: string, suites?: readonly Suite[], specs?: readonly Spec[] }} Suite
 */

/**
 * @param {readonly Suite[]} suites
 * @returns {string[]}
 */
function skippedIn(suites) {
  return suites.flatMap((suite) => [
    ...skippedIn(suite.suites ?? []),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === 'skipped')
        .map((test) => `${spec.title}${test.annotations?.map((note) => (note.description ? ` (${note.description})` : '')).join('') ?? ''}`)
    )
  ])
}

/**
 * @param {readonly { stage: string, seconds: number, counts: Counts }[]} results
 * @param {readonly string[]} leftOut
 * @returns {number}
 */
function report(results, leftOut) {
  process.stdout.write('\n')
  for (const { stage, seconds, counts } of results)
    process.stdout.write(`${stage}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)\n`)
  const notRun = [
    ...results.flatMap(({ stage, counts }) => counts.notRun.map((test) => `${stage}: ${test}`)),
    ...leftOut.map((stage) => `stage ${stage}: left out by --stage`)
  ]
  for (const line of notRun) process.stdout.write(`not run: ${line}\n`)
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((total, { counts }) => total + counts[key], 0)
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed\n`)
  return sum('failed') === 0 ? 0 : 1
}
