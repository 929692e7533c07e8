import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** One project per area, so that a layer can be tested alone: `npm run unit -- --project domain`. */
const project = (name: string, folder: string, extra: object = {}) => ({
  root,
  test: { name, include: [`test/${folder}/**/*.test.{ts,tsx}`], environment: 'node', pool: 'forks' as const, ...extra }
})

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [
      project('domain', 'domain'),
      project('protocol', 'protocol'),
      project('server', 'server', { testTimeout: 90_000, hookTimeout: 120_000, globalSetup: ['test/server/cluster.ts'] }),
      project('sync', 'sync', { testTimeout: 90_000 }),
      project('sim', 'sim', { testTimeout: 120_000 }),
      project('renderer', 'renderer', { environment: 'happy-dom' }),
      project('main', 'main', { testTimeout: 30_000 }),
      project('scripts', 'scripts', { testTimeout: 60_000 }),
      project('fences', 'fences', { testTimeout: 60_000 })
    ]
  }
})
