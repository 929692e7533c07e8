import { spawn, type SpawnOptions } from 'node:child_process'

/** Runs a program to its end and returns what it printed. Throws with its own words when it does not end well. */
export async function runProgram(program: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawn(program, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let errors = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle))
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${errors || out}`)
  return out
}
