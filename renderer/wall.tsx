import './no-eval.ts'
import { mountWall } from './mount-wall.tsx'
import { pageRoot } from './page-root.ts'
import { startParts } from './store/start-parts.ts'
import { connectEngine } from './sync/engine-client.ts'

const { desk, root } = pageRoot()
mountWall(root, startParts(connectEngine(desk), desk))
