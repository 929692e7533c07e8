import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#server/db/database.ts'
import { postgresBinaries } from '#server/db/embedded-binaries.ts'
import { launchFor } from '#server/db/embedded-user.ts'
import { startEmbedded } from '#server/db/embedded.ts'
import { borrowedDatabase } from '#server/desk-database.ts'
import { serverLog } from '#server/log.ts'
import { makeCustomer } from '#test/make.ts'
import { connect, post, until } from './desk.ts'
import type { TestCommand } from './desk.ts'
import { runServer, scratchFolder, startServer } from './server-process.ts'
import type { ServerProcess } from './server-process.ts'
import type { Session } from '#shared/protocol/session.ts'

const folders: ReturnType<typeof scratchFolder>[] = []
const servers: ServerProcess[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill('SIGKILL')
  for (const { path, remove } of folders.splice(0)) {
    await until(
      () => clusterProcesses(path),
      (pids) => pids.length === 0
    )
    remove()
  }
})

function fresh(): string {
  const folder = scratchFolder()
  folders.push(folder)
  return folder.path
}
async function start(folder: string): Promise<ServerProcess> {
  const server = await startServer(folder)
  servers.push(server)
  return server
}

/** The processes that work in this folder's cluster. */
function clusterProcesses(folder: string): readonly string[] {
  const data = join(folder, 'postgres')
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(`/proc/${pid}/cwd`) === data && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
    } catch {
      return false
    }
  })
}

async function admin(folder: string, url: string) {
  const name = 'admin'
  const [, password = ''] = /password: (.+)/.exec(readFileSync(join(folder, 'first-sign-in.txt'), 'utf8')) ?? []
  const session = (await (await post(`${url}/session`, { name, password })).json()) as Session
  return { person: session.me, name, session }
}

describe('the embedded database', () => {
  it('[EMBED-1] a second server on one data folder is refused in plain words and changes nothing', async () => {
    const folder = fresh()
    const first = await start(folder)
    const second = await runServer(folder)
    expect(second.code).toBe(3)
    expect(second.stderr).toContain(`A server already runs on the data folder ${folder} (process ${first.pid}, at ${first.url})`)
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200)
  })

  it('[EMBED-2] killed at once in the middle of pushes, everything answered is there once after the next start', async () => {
    const folder = fresh()
    const server = await start(folder)
    const signed = await admin(folder, server.url)
    const at = await connect(server.url, signed, randomUUID())
    await at.hello()
    const save = () => {
      const state = makeCustomer({ id: randomUUID() as never })
      return at.command('saveCustomer', { kind: 'customer', id: state.id }, state)
    }
    const answered: TestCommand[] = []
    const pending: TestCommand[] = Array.from({ length: 200 }, save)
    const pushing = (async () => {
      while (pending.length > 0) {
        const some = pending.slice(0, 5)
        await at.push(...some)
        answered.push(...some)
        pending.splice(0, some.length)
      }
    })().catch(() => undefined)
    await until(
      () => answered.length,
      (count) => count >= 40
    )
    await server.kill('SIGKILL')
    at.socket.disconnect()
    await pushing

    const again = await start(folder)
    const back = await connect(again.url, signed, at.id)
    const { lastSequence } = await back.hello()
    expect(lastSequence).toBeGreaterThanOrEqual(answered.length)
    const all = [...answered, ...pending].slice(0, 100)
    const reply = await back.push(...all)
    expect(reply.answers.map(({ outcome }) => outcome)).toEqual(all.map(() => 'accepted'))
    await again.kill('SIGTERM')
    const database = await borrowedDatabase({ dataFolder: folder, databaseUrl: null, databaseConnections: 3 }, serverLog('silent'))
    const { rows } = await database.pool.query<{ id: string; version: number }>(
      `select id, version from directory_record where kind = 'customer'`
    )
    await database.close()
    const versions = new Map(rows.map(({ id, version }) => [id, version]))
    for (const { record } of all) expect(versions.get(record.id)).toBe(1)
  })

  it('[EMBED-3] a database that outlived its server is stopped first and keeps its data', async () => {
    const folder = fresh()
    const first = await startEmbedded(folder, { quickInit: true })
    await withClient(first.url, (client) => client.query('create table kept (n int); insert into kept values (7)'))
    await first.stop()
    const binaries = postgresBinaries()
    const [command, ...args] = launchFor(folder, binaries)
      .command([binaries.postgres, '-D', join(folder, 'postgres'), '-p', '54999', '-c', 'unix_socket_directories='])
      .filter((part) => part !== '--pdeathsig' && part !== 'INT')
    const orphan = spawn(command ?? '', args, { stdio: 'ignore', detached: true, cwd: '/' })
    await until(
      () => clusterProcesses(folder).length,
      (count) => count > 3
    )
    const second = await startEmbedded(folder)
    await until(
      () => orphan.exitCode ?? orphan.signalCode,
      (ended) => ended !== null
    )
    const { rows } = await withClient(second.url, (client) => client.query<{ n: number }>('select n from kept'))
    expect(rows).toEqual([{ n: 7 }])
    await second.stop()
  })

  it('[EMBED-4] a lock file that names a process of somebody else is cleared away', async () => {
    const folder = fresh()
    const first = await startEmbedded(folder, { quickInit: true })
    await first.stop()
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}/postgres\n`)
    const second = await startEmbedded(folder)
    await second.stop()
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  it('[EMBED-5] a first start that was cut short is repaired by the second', async () => {
    const folder = fresh()
    mkdirSync(join(folder, 'postgres.new', 'base'), { recursive: true })
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), '18\n')
    const embedded = await startEmbedded(folder, { quickInit: true })
    await embedded.stop()
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false)
  })

  it('[EMBED-6] a cluster of another PostgreSQL, or one without its password, is left as it is', async () => {
    const folder = fresh()
    const first = await startEmbedded(folder, { quickInit: true })
    await first.stop()
    const version = join(folder, 'postgres', 'PG_VERSION')
    writeFileSync(version, '17\n')
    await expect(startEmbedded(folder)).rejects.toThrow(/made by PostgreSQL 17; this version brings PostgreSQL 18/)
    writeFileSync(version, '18\n')
    rmSync(join(folder, 'postgres.password'))
    await expect(startEmbedded(folder)).rejects.toThrow(/password of the embedded database is missing/)
  })

  it('[EMBED-7] told to stop, it says goodbye, closes cleanly and leaves no process behind', async () => {
    const folder = fresh()
    const server = await start(folder)
    const signed = await admin(folder, server.url)
    const at = await connect(server.url, signed, randomUUID())
    await at.hello()
    const draining = new Promise<unknown>((settle) => at.socket.once('draining', settle))
    const ended = await server.kill('SIGTERM')
    expect(ended.code).toBe(0)
    expect(await draining).toMatchObject({ spread: expect.any(Number) as number })
    expect(clusterProcesses(folder)).toEqual([])
    expect(readFileSync(join(folder, 'logs', 'postgres.log'), 'utf8')).toContain('database system is shut down')
    expect(existsSync(join(folder, 'server.json'))).toBe(false)
  })

  it('[EMBED-8] killed, it takes its database with it', async () => {
    const folder = fresh()
    const server = await start(folder)
    await server.kill('SIGKILL')
    await until(
      () => clusterProcesses(folder),
      (pids) => pids.length === 0
    )
  })
})

describe('the schema', () => {
  it('[SCHEMA-1] a database from the future, with a gap, or with other migrations is refused by name', async () => {
    const folder = fresh()
    const embedded = await startEmbedded(folder, { quickInit: true })
    const open = () => openDatabase(embedded.url, { connections: 1, onLost: () => undefined }).then((pool) => pool.end())
    try {
      await open()
      const run = (statement: string) => withClient(embedded.url, (client) => client.query(statement))
      await run(`insert into migration (number, name, checksum) select max(number) + 1, '0099_later.sql', 'x' from migration`)
      await expect(open()).rejects.toThrow(/brought forward by a newer version \(0099_later.sql\)/)
      await run(`delete from migration where name = '0099_later.sql'`)
      await run(`update migration set checksum = 'other' where number = 1`)
      await expect(open()).rejects.toThrow(/0001_desk.sql of the database is not the one/)
      await run(`delete from migration where number = 1`)
      await expect(open()).rejects.toThrow(/misses migration 1/)
    } finally {
      await embedded.stop()
    }
  })
})

describe('the command line', () => {
  it('[CLI-1] explains itself, and refuses what it does not know', async () => {
    const help = await runServer('/nonexistent', ['--help'])
    expect([help.code, help.stdout.includes('RINGDOWN_DATA')]).toEqual([0, true])
    const unknown = await runServer('/nonexistent', ['dance'])
    expect([unknown.code, unknown.stderr.includes('There is no command "dance"')]).toEqual([2, true])
    const environment = await runServer('/nonexistent', [], { PORT: 'many', LOG_LEVEL: 'loud' })
    expect(environment.code).toBe(3)
    expect(environment.stderr).toMatch(/PORT: .*LOG_LEVEL: /)
  })

  it('[CLI-2] adds accounts beside a running server, and they sign in', async () => {
    const folder = fresh()
    const server = await start(folder)
    const added = await runServer(folder, ['account', 'add', 'bea', '--person', 'Bea Lund', '--role', 'engineer'])
    const { name, password } = JSON.parse(added.stdout) as { name: string; password: string }
    const session = (await (await post(`${server.url}/session`, { name, password })).json()) as Session
    expect(session.me).toMatchObject({ name: 'Bea Lund', role: 'engineer', initials: 'BL' })
    const again = await runServer(folder, ['account', 'add', 'Bea', '--person', 'Bea Two', '--role', 'agent'])
    expect([again.code, again.stderr]).toEqual([3, expect.stringContaining('There is an account "Bea" already')])
    const listed = await runServer(folder, ['account', 'list'])
    expect(listed.stdout).toContain('bea\tBea Lund\tengineer\tactive')
  })
})

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
