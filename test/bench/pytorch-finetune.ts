/** @file Full fine-tuning in PyTorch in a separate process, and how its accuracy grew with time. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { Point } from './trajectory.ts'

/** How PyTorch computes: single precision, bfloat16 by autocast, or that compiled. */
export const torchModes = ['float32', 'bf16', 'bf16-compile'] as const
export type TorchMode = (typeof torchModes)[number]

/** The script's input; file names and numbers as in Python. */
export interface PyTorchRun {
  readonly model: string
  /** Paths with their labels. */
  readonly training: readonly (readonly [string, number])[]
  readonly validation: readonly (readonly [string, number])[]
  readonly classes: number
  readonly heads: number
  readonly epsilon: number
  readonly resolution: number
  readonly mean: readonly number[]
  readonly std: readonly number[]
  readonly steps: number
  readonly batch: number
  readonly peak: number
  readonly warmup: number
  readonly evaluateEvery: number
  readonly seed: number
  readonly mode: TorchMode
  readonly threads: number
}

/**
 * Runs to the end with the interpreter named by PYTHON, or python3. Null if it has no torch.
 *
 * @throws Error with what Python printed where the run itself fails
 */
export async function fineTuneInPyTorch(run: PyTorchRun): Promise<Point[] | null> {
  const script = fileURLToPath(new URL('../test/bench/pytorch_finetune.py', import.meta.url))
  const python = spawn(process.env['PYTHON'] ?? 'python3', [script, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  python.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = new Promise<void>((resolve) => {
    python.on('error', () => resolve())
    python.on('close', () => resolve())
  })
  const points: Point[] = []
  let isDone = false
  for await (const line of createInterface({ input: python.stdout })) {
    const told = JSON.parse(line) as { type?: string; seconds: number; accuracy: number }
    if (told.type === 'done') isDone = true
    else points.push({ seconds: told.seconds, accuracy: told.accuracy })
  }
  await ended
  if (isDone) return points
  if (points.length === 0 && /ModuleNotFoundError|^$/.test(complaints.trim())) return null
  throw new Error(`PyTorch failed: ${complaints.slice(-2000)}`)
}
