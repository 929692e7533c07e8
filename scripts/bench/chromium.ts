import { spawn } from 'node:child_process'
import { z } from 'zod'
import { electronProgram, RUNS_AS_ROOT } from '../drive/electron.ts'
import { freePort } from '../drive/free-port.ts'
import { ROOT } from '../drive/root.ts'

/** One page of a started Electron, reached through Chromium's own protocol: what is measured carries no test driver. */
export type Page = {
  /** The instant before the process was started, in wall milliseconds. */
  readonly startedAt: number
  /** The value of an expression, awaited when it is a promise. */
  readonly evaluate: (expression: string) => Promise<unknown>
  /** Types into whatever has the focus. */
  readonly type: (text: string) => Promise<void>
  readonly enter: () => Promise<void>
  /** Closes as a person would and waits until the program is gone. */
  readonly quit: () => Promise<void>
}

const Targets = z.array(z.object({ type: z.string(), url: z.string(), webSocketDebuggerUrl: z.string().optional() }))
const Answer = z.object({
  id: z.number().optional(),
  error: z.unknown().optional(),
  result: z.object({ result: z.object({ value: z.unknown().optional() }).optional(), exceptionDetails: z.unknown().optional() }).optional()
})
const PATIENCE = 120_000

/** Starts Electron on `target` (an application folder or a main script) and returns its first page as soon as there is one. */
export async function startPage(target: readonly string[], env: NodeJS.ProcessEnv): Promise<Page> {
  const port = await freePort()
  const startedAt = Date.now()
  const child = spawn(electronProgram(), [...(RUNS_AS_ROOT ? ['--no-sandbox'] : []), `--remote-debugging-port=${port}`, ...target], {
    cwd: ROOT,
    env,
    stdio: 'ignore'
  })
  const gone = new Promise<void>((settle) => child.once('exit', () => settle()))
  const socket = await connect(port, startedAt)
  const waiting = new Map<number, { readonly settle: (value: unknown) => void; readonly fail: (error: Error) => void }>()
  let asked = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = Answer.parse(JSON.parse(String(data)))
    const asker = id === undefined ? undefined : waiting.get(id)
    if (id === undefined || !asker) return
    waiting.delete(id)
    const trouble = error ?? result?.exceptionDetails
    if (trouble) asker.fail(new Error(`in the page: ${JSON.stringify(trouble).slice(0, 800)}`))
    else asker.settle(result?.result?.value)
  })
  const ask = (method: string, params: object) =>
    new Promise<unknown>((settle, fail) => {
      const id = ++asked
      waiting.set(id, { settle, fail })
      socket.send(JSON.stringify({ id, method, params }))
    })
  const key = (type: string) => ask('Input.dispatchKeyEvent', { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' })
  const evaluate = (expression: string) => ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  // A promise made in the empty document that comes before the page is never answered, and between the two there is nobody to ask.
  const ready = () => evaluate(`document.readyState === 'complete' && location.href !== 'about:blank'`).catch(() => false)
  while ((await ready()) !== true) {
    if (Date.now() - startedAt > PATIENCE) throw new Error('the page was never ready')
    await new Promise((settle) => setTimeout(settle, 5))
  }
  return {
    startedAt,
    evaluate,
    type: async (text) => void (await ask('Input.insertText', { text })),
    enter: async () => {
      await key('keyDown')
      await key('keyUp')
    },
    quit: async () => {
      socket.close()
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await gone
      clearTimeout(late)
    }
  }
}

async function connect(port: number, since: number): Promise<WebSocket> {
  for (;;) {
    const address = await pageAddress(port)
    if (address !== null) {
      const socket = new WebSocket(address)
      await new Promise((open, fail) => {
        socket.addEventListener('open', open, { once: true })
        socket.addEventListener('error', fail, { once: true })
      })
      return socket
    }
    if (Date.now() - since > PATIENCE) throw new Error('Electron showed no page')
    await new Promise((settle) => setTimeout(settle, 15))
  }
}

async function pageAddress(port: number): Promise<string | null> {
  try {
    const targets = Targets.parse(await (await fetch(`http://127.0.0.1:${port}/json/list`)).json())
    return targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank')?.webSocketDebuggerUrl ?? null
  } catch {
    // Not listening yet.
    return null
  }
}
