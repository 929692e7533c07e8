import './no-eval.ts'
import { pageRoot } from './page-root.ts'
import { connectEngine } from './sync/engine-client.ts'

const { desk, root } = pageRoot()
// The engine opens its disk in a process of its own while this one still reads the screens.
const client = connectEngine(desk)
const [{ mountConsole }, { startParts }] = await Promise.all([import('./mount-console.tsx'), import('./store/start-parts.ts')])
mountConsole(root, startParts(client, desk))
