import './no-eval.ts'
import { pageRoot } from './page-root.ts'
import { connectEngine } from './sync/engine-client.ts'

const { desk, root } = pageRoot()
// The engine opens its disk in a process of its own while this one still reads the screens.
const client = connectEngine(desk)
const [{ mountWall }, { startParts }] = await Promise.all([import('./mount-wall.tsx'), import('./store/start-parts.ts')])
mountWall(root, startParts(client, desk))
