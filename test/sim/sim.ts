import { simulate } from './command.ts'

try {
  process.exitCode = await simulate(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
