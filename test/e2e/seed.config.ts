import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBackend } from '#scripts/drive/backend.ts'
import { SEEDED } from './seeded-desk.ts'

/** Seeds the sample desk once; every test gets a copy of it and so starts from the same desk. */
export default async function seedOnce(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-seeded-'))
  const backend = await startBackend({ data: folder, sampleDesk: true })
  await backend.stop()
  process.env[SEEDED] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
