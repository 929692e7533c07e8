import { describe, expect, it } from 'vitest'
import { QueueId } from '#shared/domain/identity.ts'
import { makeDesk, makePerson, minute, openCase, portalCase, uuid } from '#test/make.ts'

const desk = makeDesk()
const { agent, engineer, lead, queue, security } = desk

describe('acknowledge', () => {
  it('[SLA-1] names the person and takes a new case into progress', () => {
    const life = portalCase(desk).give(7, 'acknowledge', {})
    expect(life.outcome).toBe('caseAcknowledged')
    expect(life.case).toMatchObject({ status: 'inProgress', acknowledgedBy: agent.id, acknowledgedAt: minute(7) })
  })

  it('[CASE-7] refuses the second by the name of the first', () => {
    const life = portalCase(desk).give(7, 'acknowledge', {}, { actor: engineer }).give(8, 'acknowledge', {})
    expect(life.last).toEqual({ accepted: false, refusal: { code: 'alreadyAcknowledged', detail: { by: engineer.name, at: minute(7) } } })
  })

  it('[CASE-7] [SLA-11] gives the credit to who did it first, although it arrives second', () => {
    const life = portalCase(desk)
      .give(20, 'acknowledge', {}, { actor: engineer })
      .give(9, 'acknowledge', {}, { now: minute(45), late: true })
    expect(life.case).toMatchObject({ acknowledgedBy: agent.id, acknowledgedAt: minute(9) })
  })

  it('[CASE-14] answers the acknowledger with nothing to change', () => {
    const life = portalCase(desk).give(7, 'acknowledge', {}).give(8, 'acknowledge', {})
    expect(life.outcome).toBe('')
    expect(life.image?.version).toBe(2)
  })

  it('[CASE-14] has nothing to do on a phone case that was saved with an owner, and refuses others by name', () => {
    expect(openCase(desk).give(1, 'acknowledge', {}).outcome).toBe('')
    expect(openCase(desk).give(1, 'acknowledge', {}, { actor: lead }).last).toMatchObject({
      refusal: { code: 'alreadyAcknowledged', detail: { by: agent.name } }
    })
  })

  it('[SLA-1] ends the acknowledgement of a phone case that was left to a queue', () => {
    expect(openCase(desk, { assigneeId: null }).give(4, 'acknowledge', {}).case.acknowledgedAt).toBe(minute(4))
  })

  it('[CASE-10] is recorded on a resolved case only when it happened before', () => {
    const life = portalCase(desk).give(30, 'resolve', { code: 'fixed', text: 'Restarted' }, { actor: engineer })
    expect(life.give(10, 'acknowledge', {}, { now: minute(40), late: true }).outcome).toBe('caseAcknowledged')
    expect(life.case).toMatchObject({ status: 'resolved', acknowledgedAt: minute(10) })
    expect(life.give(41, 'acknowledge', {}).outcome).toBe('caseResolved')
  })
})

describe('assign', () => {
  const claim = (actor: typeof agent) => ({ queueId: queue.id, assigneeId: actor.id, expectedAssigneeId: null })

  it('[CASE-6] gives the case to the first who claims it and refuses the second by name', () => {
    const life = portalCase(desk).give(1, 'assign', claim(agent)).give(2, 'assign', claim(engineer), { actor: engineer })
    expect(life.last).toEqual({ accepted: false, refusal: { code: 'alreadyAssigned', detail: { to: agent.name } } })
    expect(life.case.assigneeId).toBe(agent.id)
  })

  it('[CASE-6] hands over from the owner that was seen', () => {
    const life = portalCase(desk)
      .give(1, 'assign', claim(agent))
      .give(2, 'assign', { queueId: queue.id, assigneeId: engineer.id, expectedAssigneeId: agent.id })
    expect(life.case.assigneeId).toBe(engineer.id)
  })

  it('[CASE-6] moves a case to another queue without its owner', () => {
    const life = openCase(desk).give(2, 'assign', { queueId: security.id, assigneeId: null, expectedAssigneeId: agent.id })
    expect(life.case).toMatchObject({ queueId: security.id, assigneeId: null })
  })

  it('[CASE-14] changes nothing when the case already lies there', () => {
    expect(openCase(desk).give(1, 'assign', { queueId: queue.id, assigneeId: agent.id, expectedAssigneeId: null }).outcome).toBe('')
  })

  it.each([
    ['a queue nobody knows', { queueId: QueueId.parse(uuid(77)), assigneeId: null }, 'queueNotFound'],
    ['a person nobody knows', { queueId: queue.id, assigneeId: makePerson().id }, 'personNotFound'],
    ['a wall display', { queueId: queue.id, assigneeId: desk.wall.id }, 'personCannotOwnCases'],
    ['somebody outside a restricted queue', { queueId: security.id, assigneeId: agent.id }, 'personCannotOwnCases'],
    ['a lead in a restricted queue', { queueId: security.id, assigneeId: lead.id }, 'caseAssigned']
  ])('[CASE-5] to %s', (_, to, expected) => {
    expect(portalCase(desk).give(1, 'assign', { ...to, expectedAssigneeId: null }).outcome).toBe(expected)
  })

  it('[CASE-5] refuses an owner who no longer works here, and a queue that was given up', () => {
    const left = { ...engineer, active: false }
    const directory = { ...desk.directory, person: () => left }
    const to = { queueId: queue.id, assigneeId: engineer.id, expectedAssigneeId: null }
    expect(portalCase(desk).give(1, 'assign', to, { directory }).outcome).toBe('personCannotOwnCases')
    const closed = { ...desk.directory, queue: () => ({ ...security, restricted: false, active: false }) }
    expect(portalCase(desk).give(1, 'assign', { ...to, queueId: security.id }, { directory: closed }).outcome).toBe('queueNotFound')
  })
})
