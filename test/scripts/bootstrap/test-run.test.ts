import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { printedCounts, reportCounts } from '#scripts/bootstrap/test-run.mjs'

const folder = mkdtempSync(join(tmpdir(), 'ringdown-report-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const report = (content: unknown) => {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('the count of npm test', () => {
  it('takes the last line that a stage printed', () => {
    expect(printedCounts('seed 1: 3 passed, 0 failed\nsimulation: 5 passed, 1 failed\n')).toEqual({ passed: 5, failed: 1, notRun: [] })
    expect(printedCounts('crashed before it counted')).toBeNull()
  })

  it('counts a vitest file that does not load as failed, and names what was skipped', () => {
    const file = report({
      testResults: [
        {
          status: 'passed',
          assertionResults: [
            { status: 'passed', fullName: 'a' },
            { status: 'skipped', fullName: 'b' },
            { status: 'todo', fullName: 'c' }
          ]
        },
        { status: 'failed', assertionResults: [{ status: 'failed', fullName: 'd' }] },
        { status: 'failed', assertionResults: [] }
      ]
    })
    expect(reportCounts('vitest', file)).toEqual({ passed: 1, failed: 2, notRun: ['b', 'c'] })
  })

  it('counts a flaky end-to-end test and an error outside tests as failed', () => {
    const file = report({
      stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 1 },
      errors: [{}],
      suites: [
        {
          title: 'f',
          specs: [],
          suites: [
            {
              title: 'g',
              specs: [{ title: 'wall', tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'one screen only' }] }] }]
            }
          ]
        }
      ]
    })
    expect(reportCounts('playwright', file)).toEqual({ passed: 2, failed: 3, notRun: ['wall (one screen only)'] })
  })

  it('knows no count when there is no report', () => {
    expect(reportCounts('vitest', join(folder, 'none.json'))).toBeNull()
    expect(reportCounts('vitest', report('cut sho'))).toBeNull()
  })
})
