/**
 * What `npm test` runs, in this order. A stage is a script run on Node 24; `counts` says where its numbers come from: the JSON report of vitest or
 * Playwright, or the last "N passed, N failed" that it prints. A stage that ends badly without a failed test counts as one failure.
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} script
 * @property {readonly string[]} args
 * @property {'vitest' | 'playwright' | 'printed'} counts
 * @property {readonly import('./bootstrap/prepare.mjs').Need[]} needs
 */

/** @type {readonly Stage[]} */
export const STAGES = [
  { name: 'check', script: 'scripts/check.ts', args: [], counts: 'printed', needs: [] },
  {
    name: 'unit',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--config', 'scripts/vitest.config.ts'],
    counts: 'vitest',
    needs: []
  },
  { name: 'simulation', script: 'test/sim/sim.ts', args: ['--seeds', '200', '--seconds', '150'], counts: 'printed', needs: [] },
  { name: 'kill-server', script: 'test/load/kill-server.ts', args: ['--rounds', '3'], counts: 'printed', needs: [] },
  {
    name: 'end-to-end',
    script: 'node_modules/@playwright/test/cli.js',
    args: ['test', '--config', 'test/e2e/playwright.config.ts'],
    counts: 'playwright',
    needs: ['electron', 'libraries', 'build', 'display']
  }
]
