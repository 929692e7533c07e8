import { describe, expect, it } from 'vitest'
import { COMMANDS } from '#shared/domain/desk.ts'
import type { CommandType } from '#shared/domain/desk.ts'
import { judge, references } from '#shared/domain/judge.ts'
import { may } from '#shared/domain/permission/ability.ts'
import { maySee, scopeKey } from '#shared/domain/permission/scope.ts'
import { CASE_ID, decide, makeCommand, makeContext, makeDesk, makeIntake, makePerson, openCase, outcome } from '#test/make.ts'

const desk = makeDesk()
const { agent, engineer, lead, admin, wall, queue, security } = desk
const types = Object.keys(COMMANDS) as readonly CommandType[]

describe('permission', () => {
  it('[PERM-1] refuses somebody who no longer works here', () => {
    expect(outcome(decide(desk, undefined, 'open', makeIntake(desk), { actor: { ...agent, active: false } }))).toBe('notPermitted')
  })

  it('[PERM-1] refuses a command in somebody else’s name', () => {
    const context = makeContext(desk)
    const command = { ...makeCommand('open', CASE_ID, makeIntake(desk), context), actorId: lead.id }
    expect(outcome(judge(command, undefined, context))).toBe('actorMismatch')
  })

  it.each(types)('[PERM-1] lets exactly the roles with its ability give %s', (type) => {
    for (const actor of [agent, engineer, lead, admin, wall]) {
      const context = makeContext(desk, { actor })
      const command = { ...makeCommand('note', CASE_ID, { text: 'x' }, context), type, record: { kind: COMMANDS[type].kind, id: CASE_ID } }
      const refused = outcome(judge(command, undefined, context)) === 'notPermitted'
      expect(refused, actor.role).toBe(!may(actor.role, COMMANDS[type].ability))
    }
  })

  it.each(types)('[PERM-2] lets no wall display give %s', (type) => {
    expect(may('wall', COMMANDS[type].ability)).toBe(false)
  })

  it('[PERM-1] keeps the directory to leads and the desk to admins', () => {
    expect((['agent', 'engineer', 'lead', 'admin'] as const).filter((role) => may(role, 'manageDirectory'))).toEqual(['lead', 'admin'])
    expect((['agent', 'engineer', 'lead', 'admin'] as const).filter((role) => may(role, 'manageDesk'))).toEqual(['admin'])
  })

  it('[PERM-3] shows the cases of a restricted queue only to its members, leads and admins', () => {
    const record = { kind: 'case', state: openCase(desk, { queueId: security.id, assigneeId: null }).case } as const
    expect([agent, engineer, lead, admin, wall].filter((person) => maySee(person, record, desk.directory))).toEqual([engineer, lead, admin])
    const open = { kind: 'case', state: openCase(desk).case } as const
    expect([agent, engineer, lead, admin, wall].every((person) => maySee(person, open, desk.directory))).toBe(true)
  })

  it('[PERM-3] treats a queue that nobody knows as restricted', () => {
    const record = { kind: 'case', state: openCase(desk).case } as const
    const blind = { queue: () => undefined }
    expect(maySee(makePerson(), record, blind)).toBe(false)
    expect(maySee(makePerson({ queueIds: [queue.id] }), record, blind)).toBe(true)
    expect(maySee(lead, record, blind)).toBe(true)
  })

  it('[PERM-3] refuses a command on a case of a restricted queue from outside', () => {
    const life = openCase(desk, { queueId: security.id, assigneeId: null })
    expect(life.give(1, 'note', { text: 'x' }).outcome).toBe('notInRestrictedQueue')
    expect(life.give(1, 'note', { text: 'x' }, { actor: engineer }).outcome).toBe('noteAdded')
  })

  it('[PERM-3] lets anybody hand a case to a restricted queue', () => {
    const life = openCase(desk).give(1, 'assign', { queueId: security.id, assigneeId: null, expectedAssigneeId: agent.id })
    expect(life.outcome).toBe('caseAssigned')
    expect(life.give(2, 'note', { text: 'x' }).outcome).toBe('notInRestrictedQueue')
  })

  it('[PERM-4] shows no contacts on a wall', () => {
    const record = { kind: 'contact', state: desk.contact } as const
    expect([agent, engineer, lead, admin, wall].filter((person) => maySee(person, record, desk.directory))).toEqual([
      agent,
      engineer,
      lead,
      admin
    ])
  })

  it('[PERM-3] gives two people the same scope exactly when role and queues agree', () => {
    const key = scopeKey({ role: 'agent', queueIds: [queue.id, security.id] })
    expect(scopeKey({ role: 'agent', queueIds: [security.id, queue.id] })).toBe(key)
    expect(scopeKey({ role: 'lead', queueIds: [queue.id, security.id] })).not.toBe(key)
    expect(scopeKey({ role: 'agent', queueIds: [queue.id] })).not.toBe(key)
  })
})

describe('judge', () => {
  const context = makeContext(desk)
  const command = makeCommand('note', CASE_ID, { text: 'x' }, context)

  it.each([
    ['a command nobody knows', { ...command, type: 'explode' }, 'unknownCommand'],
    ['a command named like a property of objects', { ...command, type: 'constructor' }, 'unknownCommand'],
    ['a record of another kind', { ...command, record: { kind: 'customer' as const, id: desk.customer.id } }, 'malformed'],
    ['an identifier that is none', { ...command, record: { kind: 'case' as const, id: 'c-1' } }, 'malformed'],
    ['a payload of another shape', { ...command, payload: { words: 1 } }, 'malformed'],
    ['a payload beyond every form', { ...command, payload: { text: 'x', more: 'y'.repeat(100_000) } }, 'tooLarge'],
    ['a case that is not there', command, 'recordNotFound']
  ])('[CASE-17] answers %s', (_, given, expected) => {
    expect(outcome(judge(given, undefined, context))).toBe(expected)
  })

  it('[CASE-17] reads nothing for a command that it cannot read', () => {
    expect(references({ ...command, type: 'explode' }, undefined)).toEqual([])
    expect(references({ ...command, payload: {} }, undefined)).toEqual([])
  })
})
