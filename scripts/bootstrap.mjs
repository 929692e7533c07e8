import { Problem, explainSystemError } from './bootstrap/problem.mjs'
import { checkNode } from './bootstrap/runtime.mjs'

/**
 * Every command of package.json comes through here, on whatever Node the machine has and before any package is installed: plain Node 20, no imports from
 * node_modules. It provides what the command needs, then runs the command on Node 24.
 */
try {
  checkNode()
  const { runCommand } = await import('./bootstrap/commands.mjs')
  process.exitCode = await runCommand(process.argv[2] ?? '', process.argv.slice(3))
} catch (error) {
  const advice = explainSystemError(error)
  if (error instanceof Problem) process.stderr.write(`\nringdown: ${error.message}\n`)
  else if (advice && error instanceof Error) process.stderr.write(`\nringdown: ${error.message}\n  ${advice}\n`)
  else
    process.stderr.write(
      `\nringdown: the set-up failed in a way it does not know. Please report this:\n${error instanceof Error ? error.stack : String(error)}\n`
    )
  process.exitCode = 1
}
