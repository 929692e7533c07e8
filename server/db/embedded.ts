import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { launchFor } from './embedded-user.ts'
import type { Launch } from './embedded-user.ts'
import { postgresBinaries } from './embedded-binaries.ts'
import type { PostgresBinaries } from './embedded-binaries.ts'
import { stopOrphan } from './embedded-orphan.ts'
import { StartProblem } from '../start-problem.ts'

/** A PostgreSQL of this process's own, in a folder of its own. */
export type Embedded = {
  readonly url: string
  /** Stops it as a clean shutdown does: running statements end, everything is on the disk. */
  readonly stop: () => Promise<void>
  /** Settles when the database process ended by itself. */
  readonly ended: Promise<string>
}

const USER = 'ringdown'
const START_LIMIT = 60_000
const STOP_LIMIT = 30_000

/**
 * Starts the database in `folder`/postgres, making it on the first start. A database whose server was killed is stopped first;
 * its next start recovers what was committed. Throws StartProblem with a sentence for people.
 */
export async function startEmbedded(folder: string, options: { readonly quickInit?: boolean } = {}): Promise<Embedded> {
  const binaries = postgresBinaries()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const data = join(folder, 'postgres')
  const launch = launchFor(folder, binaries)
  const password = databasePassword(folder)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(folder, data, password, binaries.initdb, launch, options.quickInit ?? false)
  refuseOtherMajor(data, binaries.major)
  launch.own(data)
  await stopOrphan(data)

  let problem = ''
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await freePort()
    const started = await launchPostgres(folder, data, binaries, launch, port, password)
    if (typeof started !== 'string') return started
    problem = started
    if (!/could not bind|Address already in use|could not create any TCP/.test(problem)) break
  }
  throw new StartProblem(
    `The embedded database did not start. ${problem} Its log is ${join(folder, 'logs', 'postgres.log')}; nothing in it was changed.`
  )
}

async function launchPostgres(
  folder: string,
  data: string,
  binaries: PostgresBinaries,
  launch: Launch,
  port: number,
  password: string
): Promise<Embedded | string> {
  const logs = join(folder, 'logs')
  mkdirSync(logs, { recursive: true })
  const logFile = join(logs, 'postgres.log')
  keepLogSmall(logFile)
  const log = openSync(logFile, 'a')
  const logFrom = statSync(logFile).size
  const [command, ...args] = launch.command([
    binaries.postgres,
    '-D',
    data,
    '-p',
    String(port),
    ...[...SETTINGS, `ringdown.files=${filesOf(data)}`].flatMap((setting) => ['-c', setting])
  ])
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    cwd: '/',
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', PGTZ: 'UTC' }
  })
  closeSync(log)
  const ended = new Promise<string>((settle) => {
    child.once('error', (error) => settle(error.message))
    child.once('exit', (code, signal) => settle(`postgres ended with ${signal ?? `code ${code}`}.`))
  })
  let over: string | null = null
  void ended.then((how) => (over = how))

  const url = `postgres://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/ringdown`
  const giveUpAt = Date.now() + START_LIMIT
  while (over === null && Date.now() < giveUpAt) {
    if (await answers(url)) return { url, ended, stop: () => stop(child, ended, data, binaries) }
    await wait(25)
  }
  if (over === null) await stop(child, ended, data, binaries)
  const said = readFileSync(logFile, 'utf8').slice(logFrom).trim().split('\n').slice(-5).join(' ')
  return `${over ?? 'It gave no answer in time.'} It said: ${said || '(nothing)'}`
}

/** Durability settings stay at PostgreSQL's own safe defaults: fsync, full_page_writes and synchronous_commit are on. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=60',
  'shared_buffers=128MB',
  'max_wal_size=512MB',
  // Room for a backup taken while the desk is at work.
  'wal_keep_size=64MB',
  'password_encryption=scram-sha-256',
  'log_line_prefix=%m [%p] ',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
  'idle_in_transaction_session_timeout=60s',
  'tcp_keepalives_idle=30'
]

/** Names the cluster's files themselves: a copy of them put in their place has another name. */
function filesOf(data: string): string {
  const { ino, birthtimeMs } = statSync(join(data, 'global', 'pg_control'))
  return `${ino}.${Math.floor(birthtimeMs)}`
}

function initialise(folder: string, data: string, password: string, initdb: string, launch: Launch, quick: boolean): void {
  const fresh = join(folder, 'postgres.new')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  const passwordFile = join(folder, '.initial-password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  launch.own(fresh)
  launch.own(passwordFile)
  const [command, ...args] = launch.command([
    initdb,
    '-D',
    fresh,
    '--auth=scram-sha-256',
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--locale=C',
    '--encoding=UTF8',
    '--data-checksums',
    ...(quick ? ['--no-sync'] : [])
  ])
  const made = spawnSync(command, args, { encoding: 'utf8', cwd: '/', windowsHide: true })
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true })
    throw new StartProblem(
      `The embedded database could not be made in ${folder}: ${(made.error?.message ?? made.stderr).trim()}. Check free space and rights of that folder, or set RINGDOWN_DATA to another one.`
    )
  }
  // Only a whole cluster ever gets the final name, so a kill during the first start is repaired by the second.
  renameSync(fresh, data)
}

function refuseOtherMajor(data: string, major: number): void {
  const found = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10)
  if (found !== major)
    throw new StartProblem(
      `The database in ${data} was made by PostgreSQL ${found}; this version brings PostgreSQL ${major}. Nothing was changed. See docs/operations.md, "Upgrade".`
    )
}

/** The cluster's own password. Made once; a lost file is made again only for a cluster that does not exist yet. */
function databasePassword(folder: string): string {
  const file = join(folder, 'postgres.password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  if (existsSync(join(folder, 'postgres', 'PG_VERSION')))
    throw new StartProblem(
      `The password of the embedded database is missing: ${file}. Put it back from a backup of the data folder; the database was left as it is.`
    )
  const password = randomBytes(24).toString('base64url')
  const unfinished = `${file}.new`
  writeFileSync(unfinished, password, { mode: 0o600 })
  renameSync(unfinished, file)
  return password
}

async function answers(url: string): Promise<boolean> {
  const maintenance = new URL(url)
  maintenance.pathname = '/postgres'
  const client = new Client({ connectionString: maintenance.href, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const found = await client.query(`select from pg_database where datname = 'ringdown'`)
    if (found.rowCount === 0) await client.query('create database ringdown')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Fast shutdown first; a server that hangs is stopped hard, from which PostgreSQL recovers by itself. */
async function stop(child: ChildProcess, ended: Promise<string>, data: string, binaries: PostgresBinaries): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  // Windows has no signals: there a kill would be a crash.
  if (process.platform === 'win32') spawn(binaries.pgCtl, ['stop', '-D', data, '-m', 'fast', '-W'], { stdio: 'ignore', windowsHide: true })
  else child.kill('SIGINT')
  const quick = await Promise.race([ended.then(() => true), wait(STOP_LIMIT, false, { ref: false })])
  if (quick) return
  child.kill('SIGQUIT')
  await Promise.race([ended, wait(5_000, undefined, { ref: false })])
}

async function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((settle, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? settle(address.port) : reject(new Error('no port'))))
    })
  })
}

function keepLogSmall(file: string): void {
  if (existsSync(file) && statSync(file).size > 10_000_000) renameSync(file, `${file}.1`)
}
