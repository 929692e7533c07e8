import { defineConfig } from '@playwright/test'

/** Real Electron against a real backend, one test at a time: each starts processes enough for the machine. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './seed.config.ts',
  outputDir: '../../out/e2e',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 }
})
