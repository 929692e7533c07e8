import { randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Role } from '#shared/domain/directory/person.ts'
import type { CommandId, PersonId } from '#shared/domain/identity.ts'
import { appendFacts } from '../bulk.ts'
import { systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { accountNamed, accounts, keepAccount } from '../db/account.ts'
import { keepAudit } from '../db/audit.ts'
import { endFamiliesOf } from '../db/refresh-token.ts'
import { pgDeskStore } from '../db/pg-desk-store.ts'
import { tablesOf } from '../db/tables.ts'
import type { Db } from '../db/tables.ts'
import { borrowedDatabase } from '../desk-database.ts'
import type { DeskStore } from '../desk-store.ts'
import { DESK_ITSELF } from '../first-start.ts'
import { serverLog } from '../log.ts'
import { passwordHash } from '../sessions.ts'
import { StartProblem } from '../start-problem.ts'

/** `account list | add | password`: who may sign in, for desks that have no administrator signed in yet. Works beside a running server. */
export async function account(args: readonly string[]): Promise<number> {
  const config = readConfig(process.env)
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { person: { type: 'string' }, role: { type: 'string' }, password: { type: 'string' } }
  })
  const [what, name] = positionals
  const database = await borrowedDatabase(config, serverLog('warn'))
  try {
    const db = tablesOf(database.pool)
    const store = pgDeskStore(database.pool, () => () => undefined)
    if (what === 'list') return await list(db, store)
    if (what === 'add' && name) return await add(db, store, name, values)
    if (what === 'password' && name) return await password(db, name, values.password)
    throw new StartProblem('Say what to do: account list, account add NAME --person "FULL NAME" --role ROLE, or account password NAME.')
  } finally {
    await database.close()
  }
}

async function list(db: Db, store: DeskStore): Promise<number> {
  const people = new Map((await store.readDirectory()).images.map((image) => [image.id, image]))
  for (const { name, personId } of await accounts(db)) {
    const image = people.get(personId)
    const state = image?.kind === 'person' ? image.state : null
    process.stdout.write(`${name}\t${state?.name ?? '(nobody)'}\t${state?.role ?? ''}\t${state?.active ? 'active' : 'closed'}\n`)
  }
  return 0
}

async function add(
  db: Db,
  store: DeskStore,
  name: string,
  options: { readonly person?: string | undefined; readonly role?: string | undefined; readonly password?: string | undefined }
): Promise<number> {
  const role = Role.safeParse(options.role)
  if (!options.person || !role.success)
    throw new StartProblem('account add needs --person "FULL NAME" and --role agent, engineer, lead, admin or wall.')
  if (await accountNamed(db, name)) throw new StartProblem(`There is an account "${name}" already. Nothing was changed.`)
  const now = systemClock.now()
  const id = randomUUID() as PersonId
  const secret = options.password ?? randomBytes(9).toString('base64url')
  const initials = options.person
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
    .slice(0, 3)
  const state = { id, name: options.person, initials, role: role.data, queueIds: [], active: true, sample: false }
  await appendFacts(store, [
    {
      ref: { kind: 'person', id },
      logged: [
        {
          fact: { type: 'saved', kind: 'person', state },
          occurredAt: now,
          recordedAt: now,
          actorId: DESK_ITSELF,
          commandId: randomUUID() as CommandId,
          late: false
        }
      ]
    }
  ])
  await keepAccount(db, { personId: id, name, passwordHash: await passwordHash(secret), samplePassword: null }, now)
  await keepAudit(db, { at: now, actorId: null, action: 'accountAdded', detail: { name, personId: id, role: role.data } })
  process.stdout.write(`${JSON.stringify({ name, person: id, ...(options.password ? {} : { password: secret }) })}\n`)
  return 0
}

async function password(db: Db, name: string, wanted: string | undefined): Promise<number> {
  const found = await accountNamed(db, name)
  if (!found) throw new StartProblem(`There is no account "${name}". Nothing was changed.`)
  const secret = wanted ?? randomBytes(9).toString('base64url')
  await keepAccount(db, { ...found, passwordHash: await passwordHash(secret), samplePassword: null }, systemClock.now())
  // Whoever knew the old password may be signed in with it.
  await endFamiliesOf(db, found.personId)
  await keepAudit(db, { at: systemClock.now(), actorId: null, action: 'passwordChanged', detail: { name } })
  process.stdout.write(`${JSON.stringify({ name, ...(wanted ? {} : { password: secret }) })}\n`)
  return 0
}
