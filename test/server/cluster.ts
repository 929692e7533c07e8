import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '#server/db/database.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import type { Embedded } from '#server/db/embedded.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly clusterUrl: string
  }
}

let cluster: Embedded | null = null
let folder: string | null = null

/** One real PostgreSQL for the whole run, with a migrated template that each desk is copied from. */
export async function setup(project: TestProject): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), 'ringdown-test-'))
  cluster = await startEmbedded(folder, { quickInit: true })
  const template = new URL(cluster.url)
  template.pathname = '/template_desk'
  const client = new Client({ connectionString: cluster.url })
  await client.connect()
  await client.query('create database template_desk')
  await client.end()
  await (await openDatabase(template.href, { connections: 1, onLost: () => undefined })).end()
  project.provide('clusterUrl', cluster.url)
}

export async function teardown(): Promise<void> {
  await cluster?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}
