import fc from 'fast-check'
import { escapeLiteral } from 'pg'
import { it } from 'vitest'
import { quoted } from '#server/db/quoted.ts'

it('quotes any text as pg does', () => {
  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom("'", '\\', 'a', '"', '\n', '$', 'é', '😀') }))
  fc.assert(fc.property(anyText, (text) => quoted(text) === escapeLiteral(text)))
})
