/** @file A PyTorch process that performs the same training step on request, to be timed alternately with ours. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import type { TorchMode } from './pytorch-finetune.ts'

/** A PyTorch process waiting for work. */
export interface PyTorchStep {
  readonly version: string
  /** Performs one step and returns its milliseconds. */
  step(): Promise<number>
  close(): void
}

/** Sizes of the model and its batch. */
export interface StepSize {
  readonly width: number
  readonly depth: number
  readonly heads: number
  readonly classes: number
  readonly batch: number
  readonly resolution: number
}

/** Starts `python` (the environment variable PYTHON, or python3), or returns null if it has no torch. */
export async function startPyTorch(
  size: StepSize,
  threads: number,
  mode: TorchMode,
): Promise<PyTorchStep | null> {
  const script = fileURLToPath(new URL('../test/bench/pytorch_step.py', import.meta.url))
  const { width, depth, heads, classes, batch, resolution } = size
  const args = [width, depth, heads, classes, batch, resolution, threads, mode].map(String)
  const python = spawn(process.env['PYTHON'] ?? 'python3', [script, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const failed = new Promise<null>((resolve) => {
    python.on('error', () => resolve(null))
    python.on('exit', () => resolve(null))
  })
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string | null> => {
    const line = await Promise.race([lines.next(), failed])
    return line === null || line.done === true ? null : line.value
  }
  const version = await nextLine()
  if (version === null) return null
  return {
    version,
    step: async () => {
      python.stdin.write('step\n')
      const answer = await nextLine()
      if (answer === null) throw new Error('the PyTorch process has ended')
      return Number(answer)
    },
    close: () => python.stdin.end(),
  }
}
