import { z } from 'zod'

/** The process that forked this one, when it did so through Electron's utilityProcess. */
export type ParentPort = {
  readonly say: (message: object) => void
  readonly onStop: (stop: () => void) => void
}

const StopMessage = z.looseObject({ type: z.literal('stop') })

type ElectronPort = {
  readonly postMessage: (message: object) => void
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void
}

/** Null when the server runs by itself. */
export function parentPort(): ParentPort | null {
  const port = (process as { readonly parentPort?: ElectronPort }).parentPort
  if (!port) return null
  return {
    say: (message) => port.postMessage(message),
    onStop: (stop) => port.on('message', ({ data }) => StopMessage.safeParse(data).success && stop())
  }
}
