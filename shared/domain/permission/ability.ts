import type { Role } from '../directory/person.ts'

/** What a signed-in person may do. Commands name one of these; roles grant them (PERM rules). */
export type Ability = 'viewDesk' | 'viewWall' | 'takeCalls' | 'workCases' | 'leadDesk' | 'manageDirectory' | 'manageDesk' | 'importCases'

const GRANTS: { readonly [R in Role]: readonly Ability[] } = {
  agent: ['viewDesk', 'viewWall', 'takeCalls', 'workCases'],
  engineer: ['viewDesk', 'viewWall', 'takeCalls', 'workCases'],
  lead: ['viewDesk', 'viewWall', 'takeCalls', 'workCases', 'leadDesk', 'manageDirectory'],
  admin: ['viewDesk', 'viewWall', 'takeCalls', 'workCases', 'leadDesk', 'manageDirectory', 'manageDesk', 'importCases'],
  wall: ['viewWall']
}

/** Whether a role carries an ability. The only place that knows. */
export function may(role: Role, ability: Ability): boolean {
  return GRANTS[role].includes(ability)
}
