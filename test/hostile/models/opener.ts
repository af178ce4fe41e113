/**
 * @file A process that opens models as a person's are opened, one for each line that it reads: recognised for its card, then
 * predicted with, or trained with where it has no classes. It says what came of it, how long it took and how much memory.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

import type { ModelDescription } from '../../../core/api/contract/models.ts'
import type { ModelOverrides } from '../../../core/api/contract/overrides.ts'
import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { AppError } from '../../../core/errors.ts'
import { usualOptimiser } from '../../../core/optim/optimisers.ts'
import { describeModel } from '../../../core/studio/models/models.ts'
import { plainLines } from '../../../core/studio/printable.ts'
import { predictFiles } from '../../../core/train/model/predict.ts'
import { onnxPath, openPredictor } from '../../../core/train/model/predictor.ts'
import { startRun, type FineTuneRequest } from '../../../core/train/start.ts'
import { train } from '../../../core/train/trainer.ts'
import { inEnglish } from '../../../core/sentence.ts'

/** What to open, the images to use it with, and a folder for what is trained. */
export interface Task {
  readonly path: string
  readonly image: string
  readonly data: string
  readonly out: string
}

/** What came of it: how far it got, and why no further. */
export interface Opened {
  readonly reached: 'nothing' | 'card' | 'answer' | 'training'
  readonly code: string | null
  readonly message: string
  readonly ms: number
  readonly megabytes: number
  /** Whether another process was started. */
  readonly startedProcess: boolean
}

const engine = createOrtEngine('cpu')

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await attempt(JSON.parse(line) as Task))}\n`)
}

async function attempt(task: Task): Promise<Opened> {
  globalThis.gc?.()
  // The highest memory from now on.
  writeFileSync('/proc/self/clear_refs', '5')
  const start = performance.now()
  const progress: { reached: Opened['reached'] } = { reached: 'nothing' }
  const thrown = await use(task, progress).then(
    () => null,
    (error: unknown) => AppError.from(error),
  )
  return {
    ...progress,
    code: thrown?.code ?? null,
    message: thrown === null ? '' : plainLines(thrown.message),
    ms: performance.now() - start,
    megabytes: Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1000,
    startedProcess: faultsOfChildren() > 0,
  }
}

async function use(task: Task, progress: { reached: Opened['reached'] }): Promise<void> {
  const isOnnx = (await onnxPath(task.path)) !== null
  const described = isOnnx ? null : await describeWithHeads(task.path)
  if (described !== null) progress.reached = 'card'
  const overrides = described?.overrides ?? {}
  const predictor = await openPredictor(task.path, engine, 1, overrides).catch((error: unknown) => {
    if (described === null || !/classification head/.test(AppError.from(error).message)) throw error
    return null
  })
  if (predictor === null) return trainOnce(task, overrides, progress)
  try {
    for await (const guess of predictFiles(predictor, [{ file: task.image }], { top: 3 }))
      if ('reason' in guess) throw new Error(`the image is sound, but: ${inEnglish(guess.reason)}`)
    progress.reached = 'answer'
  } finally {
    await predictor.dispose()
  }
}

/** What a person sets where a file does not say it. */
async function describeWithHeads(path: string): Promise<ModelDescription> {
  return describeModel(path, {}).catch(async (error: unknown) => {
    if (!/how many attention heads/.test(AppError.from(error).message)) throw error
    return describeModel(path, { heads: 2 })
  })
}

async function trainOnce(
  { path, data, out }: Task,
  overrides: ModelOverrides,
  progress: { reached: Opened['reached'] },
): Promise<void> {
  const request: FineTuneRequest = {
    model: path,
    overrides,
    data,
    out,
    validationSplit: 0,
    preset: 'quick',
    steps: 1,
    batch: 1,
    learningRate: 0.01,
    warmup: 0,
    optimiser: usualOptimiser,
    clip: 1,
    augment: 'standard',
    head: 'zero',
    positionResize: 'auto',
    seed: 0,
  }
  const run = await startRun(request, { engine: 'cpu' })
  for await (const _ of train(run, { engine })) progress.reached = 'training'
  rmSync(out, { recursive: true, force: true })
}

/** Page faults of processes that were started and have ended: proc_pid_stat(5), the eleventh field. */
function faultsOfChildren(): number {
  const [, fields = ''] = /\) (.*)$/s.exec(readFileSync('/proc/self/stat', 'utf8')) ?? []
  return Number(fields.split(' ')[8])
}
