import {
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pool } from 'pg'
import { StartProblem } from '../start-problem.ts'

/** What belongs to the running process, or is made anew at every start. */
const LEFT_OUT = new Set([
  'postmaster.pid',
  'postmaster.opts',
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans'
])

/**
 * Copies a live cluster as PostgreSQL's own base backups do: mark, copy, unmark, add the log written meanwhile. The copy has the shape of
 * a data folder. Nothing has the final name before all of it is on the disk.
 */
export async function backUpCluster(
  pool: Pool,
  dataFolder: string,
  target: string
): Promise<{ readonly files: number; readonly bytes: number }> {
  const folder = resolve(target)
  if (existsSync(folder)) throw new StartProblem(`${folder} exists already. Nothing was written; name a folder that does not exist.`)
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const [from, to] = [join(dataFolder, 'postgres'), join(unfinished, 'postgres')]
  const copied = { files: 0, bytes: 0 }
  const client = await pool.connect()
  try {
    mkdirSync(to, { recursive: true, mode: 0o700 })
    const { rows: begun } = await client.query<{ segment: string }>(`select pg_walfile_name(pg_backup_start('ringdown', true)) as segment`)
    copyTree(from, to, copied)
    const { rows: ended } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    const [first, label] = [begun[0]?.segment ?? '', ended[0]?.labelfile ?? '']
    copyLog(join(from, 'pg_wal'), join(to, 'pg_wal'), first, copied)
    writeFileSync(join(to, 'backup_label'), label, { mode: 0o600 })
    copyFile(join(dataFolder, 'postgres.password'), join(unfinished, 'postgres.password'), copied)
    syncTree(unfinished)
    renameSync(unfinished, folder)
    return copied
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error instanceof Error && 'code' in error && error.code === 'ENOSPC'
      ? new StartProblem(`There is no room for the backup at ${folder}. What was written was taken away again; the desk was not touched.`)
      : error
  } finally {
    client.release(true)
  }
}

type Copied = { files: number; bytes: number }

function copyTree(from: string, to: string, copied: Copied): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, destination] = [join(from, entry.name), join(to, entry.name)]
    if (LEFT_OUT.has(entry.name)) {
      if (entry.isDirectory()) mkdirSync(destination, { mode: 0o700 })
    } else if (entry.isDirectory()) {
      mkdirSync(destination, { mode: 0o700 })
      copyTree(source, destination, copied)
    } else if (!entry.name.startsWith('pgsql_tmp')) copyFile(source, destination, copied)
  }
}

/** The write-ahead log from the backup's first segment on. */
function copyLog(from: string, to: string, first: string, copied: Copied): void {
  mkdirSync(join(to, 'archive_status'), { recursive: true, mode: 0o700 })
  const segments = readdirSync(from).filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= first)
  if (!segments.includes(first))
    throw new StartProblem('The desk wrote more during the backup than its log keeps. Nothing was written; try again at a quieter time.')
  for (const name of segments) copyFile(join(from, name), join(to, name), copied)
}

/** A file that disappears while it is copied was dropped by the database and will not be missed. */
function copyFile(from: string, to: string, copied: Copied): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  copied.files += 1
  copied.bytes += statSync(to).size
}

function syncTree(path: string): void {
  const found = statSync(path)
  if (found.isDirectory()) for (const name of readdirSync(path)) syncTree(join(path, name))
  if (process.platform === 'win32' && found.isDirectory()) return
  const handle = openSync(path, found.isDirectory() ? 'r' : 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
