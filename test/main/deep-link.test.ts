import { describe, expect, it } from 'vitest'
import { linkAmong, readLink } from '#main/deep-link.ts'

describe('links from outside', () => {
  it('open a case by its number', () => {
    expect(readLink('ringdown://case/RD-4711-8')).toEqual({ type: 'openCase', number: 'RD-4711-8' })
  })

  it('announce a call of a telephone system', () => {
    expect(readLink('ringdown://call?from=%2B49%2030%20123456&to=555&id=c-1')).toEqual({
      type: 'call',
      from: '+49 30 123456',
      to: '555',
      callId: 'c-1'
    })
    expect(readLink('ringdown://call?from=555')).toEqual({ type: 'call', from: '555', to: null, callId: null })
  })

  it.each([
    'https://example.com/case/1',
    'ringdown://case/',
    'ringdown://case/%E0%A4%A',
    `ringdown://case/${'9'.repeat(41)}`,
    'ringdown://call?from=<script>',
    'ringdown://call',
    'ringdown://close/1',
    'not a link',
    `ringdown://case/1?${'x'.repeat(600)}`
  ])('are ignored when they say anything else: %s', (text) => {
    expect(readLink(text)).toBeNull()
  })

  it('are found among arguments in any order', () => {
    expect(linkAmong(['/usr/bin/ringdown', '--flag', 'ringdown://case/1', '--original-process-start-time=1'])).toBe('ringdown://case/1')
    expect(linkAmong(['/usr/bin/ringdown'])).toBeNull()
  })
})
