import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts'

/** Change it together with the protocol on purpose: raise PROTOCOL_VERSION unless old consoles and servers read the new shape too, and say so in the commit. */
const PINNED = 'db839476f755d57b1b2f4d30a767f40d74a077746aef4a8a1099953b32257998'

it('the wire protocol is what it was', async () => {
  const folder = join(import.meta.dirname, '..', '..', 'shared', 'protocol')
  const shapes: Record<string, unknown> = {}
  for (const name of readdirSync(folder).toSorted()) {
    if (!name.endsWith('.ts') || name === 'desk-api.ts') continue
    const exported = (await import(join(folder, name))) as Record<string, unknown>
    for (const [key, value] of Object.entries(exported).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (value instanceof z.ZodType) shapes[`${name} ${key}`] = z.toJSONSchema(value, { unrepresentable: 'any', io: 'input' })
  }
  expect(Object.keys(shapes).length).toBeGreaterThan(20)
  expect(PROTOCOL_VERSION).toBe(1)
  expect(createHash('sha256').update(JSON.stringify(shapes)).digest('hex')).toBe(PINNED)
})
