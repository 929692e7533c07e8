import type { ToEngine, ToWindow } from './window/messages.ts'
import { WorkerEngine } from './worker-engine.ts'

// The DOM library has no type for a shared worker's own scope.
const scope = self as unknown as { onconnect: ((event: MessageEvent) => void) | null }

const engine = new WorkerEngine()

// Set before anything is awaited: the first window's connect event is not repeated.
scope.onconnect = (event) => {
  const port = event.ports[0]
  if (!port) return
  engine.addWindow({
    post: (message: ToWindow) => port.postMessage(message),
    onMessage: (listener) => {
      port.onmessage = (received: MessageEvent<ToEngine>) => listener(received.data)
    }
  })
}
