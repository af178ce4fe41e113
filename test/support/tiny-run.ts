/** @file Fine-tuning runs that take a moment: a tiny random ViT and a few coloured pictures. */
import { join } from 'node:path'

import { randomParameters } from '../../core/studio/bench.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { writeTimm } from '../../core/files/export-timm.ts'
import type { TrainEvent } from '../../core/train/events.ts'
import { usualOptimiser } from '../../core/optim/optimisers.ts'
import { startRun, type FineTuneRequest, type FineTuneRun } from '../../core/train/start.ts'
import type { RunToTrain } from '../../core/train/session.ts'
import { train } from '../../core/train/trainer.ts'
import type { RunSettings } from '../../core/train/run/run-record.ts'
import type { VitConfig } from '../../core/vit/config.ts'
import { writeDataSet } from '../core/data/folders.ts'
import { tinyModel } from '../core/files/tiny-models.ts'
import { temporaryFolder } from './temporary.ts'

/** The engine of these runs. */
export const cpu = createOrtEngine('cpu')

/** Five images of each of three classes, a checkpoint for 12 × 12 pixels, and what to do with them; call it inside a test. */
export async function tinyRequest(
  changes: Partial<FineTuneRequest> = {},
  config: Partial<VitConfig> = {},
): Promise<FineTuneRequest> {
  return tinyRequestIn(temporaryFolder(), changes, config)
}

/** The same in a folder of the caller's. */
export async function tinyRequestIn(
  folder: string,
  changes: Partial<FineTuneRequest> = {},
  config: Partial<VitConfig> = {},
): Promise<FineTuneRequest> {
  const [model, data] = ['model', 'data'].map((name) => join(folder, name))
  const checkpoint = tinyModel(config)
  await writeTimm(model!, { ...checkpoint, parameters: randomParameters(checkpoint.config) })
  await writeDataSet(data!, ['ant', 'bee', 'cat'], 5)
  return {
    model: model!,
    data: data!,
    validationSplit: 0.4,
    out: join(folder, 'run'),
    preset: 'quick',
    steps: 6,
    batch: 5,
    microBatch: 5,
    learningRate: 0.1,
    warmup: 1,
    optimiser: usualOptimiser,
    clip: 1,
    augment: 'standard',
    head: 'zero',
    positionResize: 'auto',
    seed: 0,
    ...changes,
  }
}

/** Creates a run as `startRun` does, with its own cache and a few settings that a request cannot contain. */
export async function begin(
  request: FineTuneRequest,
  settings: Partial<RunSettings> = {},
): Promise<FineTuneRun> {
  const run = await startRun(request, { engine: 'cpu', cacheDirectory: `${request.out}-cache` })
  return { ...run, record: { ...run.record, settings: { ...run.record.settings, ...settings } } }
}

/** Trains and gives the events; asks to stop at the event that `stopAt` names. */
export async function trainUntil(
  run: RunToTrain,
  events: TrainEvent[] = [],
  stopAt: (event: TrainEvent) => boolean = () => false,
): Promise<TrainEvent[]> {
  const stop = new AbortController()
  for await (const event of train(run, { engine: cpu, signal: stop.signal })) {
    events.push(event)
    if (stopAt(event)) stop.abort()
  }
  return events
}

/** The events of one type. */
export function ofType<T extends TrainEvent['type']>(
  events: readonly TrainEvent[],
  type: T,
): Extract<TrainEvent, { type: T }>[] {
  return events.filter((event): event is Extract<TrainEvent, { type: T }> => event.type === type)
}
