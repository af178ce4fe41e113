/** @file The training step that the benchmarks time. */
import type { Engine } from '../../core/engine/engine.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { imagenetNormalisation } from '../../core/files/family.ts'
import { randomImages, randomParameters, timedStep } from '../../core/studio/bench.ts'
import { standardConfig } from '../../core/host/cli/bench.ts'
import { createStepper, createTrainingState, type Stepper } from '../../core/train/step/stepper.ts'
import type { VitConfig } from '../../core/vit/config.ts'

/** A step with random weights. */
export interface Subject {
  readonly config: VitConfig
  readonly stepper: Stepper
  /** Performs a step on random images and returns its milliseconds. */
  step(): Promise<number>
  dispose(): Promise<void>
}

/** Prepares the step of a ViT of this width at 224 px, on the CPU unless told otherwise. */
export async function createSubject(
  width: number,
  batch: number,
  engine: Engine = createOrtEngine('cpu'),
): Promise<Subject> {
  const config = standardConfig(width, 224)
  const sizes = { batch, microBatch: batch }
  const state = await createTrainingState(
    engine,
    { config, parameters: randomParameters(config) },
    null,
    sizes,
  )
  const stepper = await createStepper(engine, { config, normalisation: imagenetNormalisation }, state, sizes)
  const dispose = async (): Promise<void> => {
    await stepper.dispose()
    state.dispose()
  }
  return { config, stepper, step: timedStep(stepper, randomImages(config, batch)), dispose }
}
