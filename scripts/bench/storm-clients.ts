import { setTimeout as pause } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { z } from 'zod'
import type { ChangesReply } from '#shared/protocol/changes.ts'
import { Cursor } from '#shared/protocol/hello.ts'
import { wireConsole, type SignedIn } from './wire.ts'

// The consoles of a storm, in a process of their own: each connects, says hello with where it stood, and pulls until it is current.
const Order = z.object({
  url: z.string(),
  consoles: z.number(),
  /** Consoles connect spread over this time, as full jitter does it. */
  spread: z.number(),
  ours: z
    .object({
      who: z.array(z.object({ token: z.string(), me: z.string(), scope: z.string() })),
      cursor: Cursor,
      consoleIds: z.array(z.string())
    })
    .nullable()
})

const TRIES = 5

process.once('message', (message) => void storm(Order.parse(message)))

async function storm({ url, consoles, spread, ours }: z.infer<typeof Order>): Promise<void> {
  const began = performance.now()
  const times: number[] = []
  const ends: (() => void)[] = []
  let repeats = 0
  // A console that is told to wait, or hears nothing, comes again.
  const persistently = async (attempt: () => Promise<() => void>): Promise<() => void> => {
    for (let tries = 1; ; tries++)
      try {
        return await attempt()
      } catch (error) {
        if (tries === TRIES) throw error
        repeats += 1
        await pause(Math.random() * 1_000 * 2 ** tries)
      }
  }
  await Promise.all(
    Array.from({ length: consoles }, async (_, index) => {
      await pause(Math.random() * spread)
      const from = performance.now()
      const who = ours?.who[index % ours.who.length]
      ends.push(await persistently(() => (ours && who ? comeBack(url, who, ours.cursor, ours.consoleIds[index] ?? '') : comeBackBare(url))))
      times.push(performance.now() - from)
    })
  )
  const milliseconds = performance.now() - began
  process.send?.({ milliseconds, each: times, repeats })
  await new Promise((told) => process.once('message', told))
  for (const end of ends) end()
  process.disconnect()
}

async function comeBack(
  url: string,
  who: SignedIn & { readonly scope: string },
  cursor: z.infer<typeof Cursor>,
  consoleId: string
): Promise<() => void> {
  const console_ = await wireConsole(url, who, { consoleId, cursor, scope: who.scope })
  if (console_.welcome.resume !== 'tail') throw new Error(`a console was sent to a snapshot: ${console_.welcome.reason}`)
  for (let at = cursor; at.revision < console_.welcome.cursor.revision;) {
    const reply = await console_.ask<ChangesReply>('changes', { after: at, limit: 2_000 })
    if (!('page' in reply)) throw new Error(`the changes cannot go on: ${reply.reset}`)
    at = reply.page.to
  }
  return console_.close
}

async function comeBackBare(url: string): Promise<() => void> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
  await new Promise<void>((connected, fail) => socket.once('connect', connected).once('connect_error', fail))
  await socket.emitWithAck('changes', 0)
  return () => socket.disconnect()
}
