/** @file Training by this program's command line, and how its accuracy grew with time. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { Curve, Point } from './trajectory.ts'

/** The lengths that a person can choose. */
export const studioModes = ['quick', 'standard', 'thorough'] as const
export type StudioMode = (typeof studioModes)[number]

/** What is trained on what. */
export interface StudioRun {
  readonly model: string
  readonly train: string
  readonly test: string
  readonly mode: StudioMode
  readonly seed: number
}

/**
 * Trains in a separate process with empty caches; the clock starts with the process. `kept` is the accuracy of the weights
 * that the run keeps, which its predictions and exports use.
 *
 * @throws Error with what it printed where it fails
 */
export async function fineTuneInStudio({ model, train, test, mode, seed }: StudioRun): Promise<Curve> {
  const folder = await mkdtemp(join(tmpdir(), 'vit-studio-bench-'))
  const args = ['--model', model, '--data', train, '--val', test, '--out', join(folder, 'run')]
  const chosen = ['--preset', mode, '--seed', String(seed), '--engine', 'cpu', '--json']
  const cli = fileURLToPath(new URL('cli.mjs', import.meta.url))
  const start = performance.now()
  const child = spawn(process.execPath, [cli, 'finetune', ...args, ...chosen], {
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const points: Point[] = []
  let kept = 0
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as { type?: string; accuracy?: number; bestAccuracy?: number }
    if (told.type === 'evaluation' && typeof told.accuracy === 'number')
      points.push({ seconds: (performance.now() - start) / 1000, accuracy: told.accuracy })
    if (told.type === 'done') kept = told.bestAccuracy ?? 0
  }
  const code = await ended
  await rm(folder, { recursive: true, force: true })
  if (code !== 0) throw new Error(`finetune ended with ${code}: ${complaints.slice(-2000)}`)
  return { points, kept }
}
