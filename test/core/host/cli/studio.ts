/** @file The command line run inside a test, on a tiny model and a few coloured squares. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import sharp from 'sharp'
import { afterAll, beforeAll, vi } from 'vitest'

import { runCli } from '../../../../core/host/cli/program.ts'
import { randomParameters } from '../../../../core/studio/bench.ts'
import { writeHuggingFace } from '../../../../core/files/export-hf.ts'
import { createRandom, integer } from '../../../../core/tensor/random.ts'
import { writeFiles } from '../../data/folders.ts'
import { plainVit, squashed } from '../../../../core/vit/config.ts'

/** What a command has printed. */
export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command as a person would see it. */
export async function studio(...argv: readonly string[]): Promise<Said> {
  return studioUntil(new AbortController().signal, argv)
}

/** Runs a command that is asked to stop by a signal. */
export async function studioUntil(
  signal: AbortSignal,
  argv: readonly string[],
  isTTY = false,
): Promise<Said> {
  const written = { stdout: '', stderr: '' }
  const sink = (name: keyof typeof written, columns = 100) => ({
    write: (text: string) => (written[name] += text),
    isTTY,
    columns,
  })
  const code = await runCli(argv, { stdout: sink('stdout'), stderr: sink('stderr'), signal })
  return { code, ...written }
}

/** A line of `--json` output. */
export type Line = Readonly<Record<string, unknown>>

/** The lines of `--json` output; fails if one is not a JSON object. */
export function linesOf(stdout: string): Line[] {
  const lines = stdout.split('\n')
  if (lines.pop() !== '') throw new Error('the output does not end with a line end')
  return lines.map((line) => {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new Error(line)
    return parsed as Line
  })
}

/** Runs a command with `--json`. */
export async function studioJson(...argv: readonly string[]): Promise<Said & { lines: Line[]; last: Line }> {
  const said = await studio(...argv, '--json')
  const lines = linesOf(said.stdout)
  return { ...said, lines, last: lines.at(-1) ?? {} }
}

const config = plainVit({
  width: 16,
  depth: 2,
  heads: 2,
  mlpWidth: 32,
  patch: 8,
  grid: { rows: 4, columns: 4 },
  classes: 3,
})

/** Paths of what the commands work on. */
export interface Workplace {
  readonly folder: string
  /** A random ViT for 32 × 32 pixels with the classes blue, green and red, in the Hugging Face layout. */
  readonly model: string
  /** Eight images of 32 × 32 pixels in each of these classes. */
  readonly data: string
}

/**
 * A folder with a model and a data set for all tests of a file, and a separate cache; it is removed afterwards. Call it
 * at the top of a `describe`.
 */
export function useWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'vit-studio-cli-'))
  const place = { folder, model: join(folder, 'model'), data: join(folder, 'data') }
  beforeAll(async () => {
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
    await writeModel(place.model)
    await writeSquares(place.data, 8)
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  return place
}

async function writeModel(directory: string): Promise<void> {
  await writeHuggingFace(directory, {
    config,
    parameters: randomParameters(config),
    normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    labels: ['blue', 'green', 'red'],
    positionResize: 'hf',
    framing: squashed,
  })
}

/** Writes folders of squares, each in its own shade of the colour its folder is named after. */
export async function writeSquares(directory: string, perClass: number): Promise<void> {
  const random = createRandom(3)
  for (const [channel, name] of ['red', 'green', 'blue'].entries()) {
    await writeFiles(directory, [`${name}/.keep`])
    for (let index = 0; index < perClass; index++) {
      const pixels = Buffer.alloc(32 * 32 * 3)
      for (let at = 0; at < pixels.length; at++)
        pixels[at] = integer(random, 60) + (at % 3 === channel ? 120 + 10 * index : 0)
      await sharp(pixels, { raw: { width: 32, height: 32, channels: 3 } })
        .png()
        .toFile(join(directory, name, `${index}.png`))
    }
  }
}
