/** @file Starts a pretraining run, from scratch or from an earlier one's weights, and resumes one. */
import { AppError } from '../errors.ts'
import { parameterShapes, type VitConfig } from '../vit/config.ts'
import { sameShape } from '../tensor/shape.ts'
import type { FloatTensor, Parameters } from '../tensor/tensor.ts'
import { atGrid, type Model } from '../train/prepare.ts'
import { initialWeights } from './initial-weights.ts'
import {
  createPretraining,
  pretrainingModel,
  readPretraining,
  writeSettings,
  type Pretraining,
  type PretrainingSettings,
} from './pretraining-folder.ts'
import { untouchedState } from './pretraining-step.ts'

/**
 * A new pretraining run in `directory`.
 *
 * @param from folder of an earlier one whose weights are the start: of the same network, at any resolution and with any
 *   number of classes (the head is kept if the classes are the same)
 * @throws AppError `invalid_input` when the folder is taken or the networks differ
 */
export async function beginPretraining(
  directory: string,
  settings: PretrainingSettings,
  from?: string,
): Promise<Pretraining> {
  const { config } = pretrainingModel(settings)
  const fresh = initialWeights(config, settings.seed)
  const parameters = from === undefined ? fresh : await continued(from, settings, config, fresh)
  return createPretraining(directory, settings, untouchedState(parameters))
}

/** A pretraining run where it left off; `steps` changes its planned length. */
export async function resumePretraining(directory: string, steps?: number): Promise<Pretraining> {
  const found = await readPretraining(directory)
  const settings = { ...found.settings, steps: steps ?? found.settings.steps }
  if (found.step >= settings.steps) {
    throw new AppError(
      'invalid_input',
      `The pretraining run in ${directory} has done ${found.step} of ${settings.steps} steps. Ask for more with --steps.`,
    )
  }
  await writeSettings(directory, settings)
  return { ...found, settings }
}

async function continued(
  from: string,
  settings: PretrainingSettings,
  config: VitConfig,
  fresh: Parameters,
): Promise<Map<string, FloatTensor>> {
  const earlier = await readPretraining(from)
  const { config: earlierConfig } = pretrainingModel(earlier.settings)
  const learned: Model = { config: earlierConfig, parameters: earlier.state.parameters }
  const { parameters } = atGrid(learned, config.grid, 'timm')
  const sameClasses =
    earlier.settings.classes === settings.classes && earlier.settings.classSeed === settings.classSeed
  const entries = [...parameterShapes(config)].map(([name, shape]): [string, FloatTensor] => {
    const head = name.startsWith('head.')
    const source = head && !sameClasses ? fresh : parameters
    const tensor = source.get(name)
    if (tensor !== undefined && sameShape(tensor.shape, shape)) return [name, tensor]
    throw new AppError(
      'invalid_input',
      `The network in ${from} is not the requested one: they differ in “${name}”. Give the same width, depth, heads and patch.`,
    )
  })
  return new Map(entries)
}
