import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { openAlbum } from './tour/album.ts'
import { playTour } from './tour/play.ts'

const HELP = `npm run tour -- --out DIR
  Plays one phone case from ring to closure on the sample desk: two consoles and a wall in real Electron, with the backend killed in the middle of the
  call. Writes a numbered picture of each step and timings.json into DIR (default out/tour). Exit 0 only if every step was seen on screen.
`

const { values } = parseArgs({ options: { out: { type: 'string', default: 'out/tour' }, help: { type: 'boolean', default: false } } })

if (values.help) process.stdout.write(HELP)
else process.exitCode = await tour(resolve(values.out))

async function tour(out: string): Promise<number> {
  mkdirSync(out, { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'ringdown-tour-'))
  const album = openAlbum(out)
  try {
    await playTour(folder, album)
    album.finish()
    process.stdout.write(`tour: every step was seen; ${album.pictures()} pictures and timings.json are in ${out}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`tour: not seen: ${album.step()}\n${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
