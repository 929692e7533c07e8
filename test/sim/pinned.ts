import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plan } from './plan.ts'
import type { Invariant } from './violation.ts'

/** A failure that was found once, kept for ever: the plan, whole, and what it broke. */
export type Pinned = { readonly name: string; readonly broke: Invariant; readonly message: string; readonly plan: Plan }

const FOLDER = fileURLToPath(new URL('pinned', import.meta.url))

export function readPinned(): readonly Pinned[] {
  mkdirSync(FOLDER, { recursive: true })
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => readPin(join(FOLDER, file)))
}

export function readPin(file: string): Pinned {
  return JSON.parse(readFileSync(file, 'utf8')) as Pinned
}

/** Writes a plan down and returns where. */
export function writePin(pin: Pinned): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${pin.name}.json`)
  const { actions, ...setting } = pin.plan
  const lines = actions.map((action) => `      ${JSON.stringify(action)}`).join(',\n')
  const head = JSON.stringify({ name: pin.name, broke: pin.broke, message: pin.message.slice(0, 400) }, null, 2).slice(0, -2)
  const plan = JSON.stringify(setting).slice(0, -1)
  writeFileSync(file, `${head},\n  "plan": ${plan},\n    "actions": [\n${lines}\n    ]\n  }\n}\n`)
  return file
}
