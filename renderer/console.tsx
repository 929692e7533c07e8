import './no-eval.ts'
import { mountConsole } from './mount-console.tsx'
import { pageRoot } from './page-root.ts'
import { startParts } from './store/start-parts.ts'
import { connectEngine } from './sync/engine-client.ts'

const { desk, root } = pageRoot()
mountConsole(root, startParts(connectEngine(desk), desk))
