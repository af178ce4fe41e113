/** @file What every export of a fine-tuned model shares: the model itself, and what a target format can express. */
import { AppError, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { at, sameShape } from '../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor, type Parameters } from '../tensor/tensor.ts'
import {
  prefixRows,
  type Normalisation,
  type PositionResize,
  type VitConfig,
  type Framing,
  type ImageSize,
} from '../vit/config.ts'
import { encodeEntry, storedParameterShapes, type Layout } from './layout.ts'
import type { TensorToWrite } from './tensor-file.ts'

/** A fine-tuned model with its K class names in the order of the head. */
export interface ModelToExport {
  readonly config: VitConfig
  readonly parameters: Parameters
  readonly normalisation: Normalisation
  /** How whole images are prepared. */
  readonly framing: Framing
  readonly labels: readonly string[]
  readonly positionResize: PositionResize
}

/** Pixels of the images that the position embeddings are for. */
export function imageSizeOf({ grid, patch }: VitConfig): ImageSize {
  return { height: grid.rows * patch, width: grid.columns * patch }
}

/** Stops an export that the target format could only store incorrectly. */
export function refuseExport(target: string, what: string, instead: string): never {
  throw new AppError('unsupported', say`${target} has no place for ${what}. Export as ${instead} instead.`)
}

/**
 * The tensors of a model in a layout. A distilled model without a second head gets its only head twice, which gives
 * the same logits.
 *
 * @param rename the name in the file of a name in the layout
 */
export function tensorsToWrite(
  layout: Layout,
  model: ModelToExport,
  rename: (name: string) => string = (name) => name,
): TensorToWrite[] {
  checkModel(model)
  const parameters = withBothHeads(model)
  return layout.entries(model.config).map((entry) => ({
    name: rename(entry.name),
    shape: entry.shape,
    load: () => encodeEntry(entry, parameters),
  }))
}

/**
 * The same model with rows of zeros for prefix tokens in its position embedding, for layouts that always have them.
 * Adding zero changes nothing, so both compute the same.
 */
export function withPrefixRows(model: ModelToExport): ModelToExport {
  const { config, parameters } = model
  if (config.prefixPositions) return model
  const explicit: VitConfig = { ...config, prefixPositions: true }
  const rows = prefixRows(explicit)
  const { shape, data } = parameter(parameters, 'positionEmbedding')
  const padded = new Float32Array(data.length + rows * config.width)
  padded.set(data, rows * config.width)
  const positions = floatTensor([(shape[0] ?? 0) + rows, config.width], padded)
  return {
    ...model,
    config: explicit,
    parameters: new Map([...parameters, ['positionEmbedding', positions]]),
  }
}

/**
 * The same model with its head reading the mean of the patches too, with weights of zero, for layouts whose heads
 * always do.
 */
export function withMeanColumns(model: ModelToExport): ModelToExport {
  const { config, parameters } = model
  if (config.pooling !== 'class') return model
  const { width, classes } = config
  const { data } = parameter(parameters, 'head.weight')
  const padded = new Float32Array(classes * 2 * width)
  for (let row = 0; row < classes; row++)
    padded.set(data.subarray(row * width, (row + 1) * width), row * 2 * width)
  const head = floatTensor([classes, 2 * width], padded)
  return {
    ...model,
    config: { ...config, pooling: 'classAndMean' },
    parameters: new Map([...parameters, ['head.weight', head]]),
  }
}

/**
 * The same model with the class token's position added to the token itself, for layouts that have positions for the
 * patches alone. The sum is the one that the model computes.
 */
export function withoutPrefixRows(model: ModelToExport): ModelToExport {
  const { config, parameters } = model
  if (!config.prefixPositions || !config.classToken || config.pooling === 'distilled') return model
  const { width } = config
  const positions = parameter(parameters, 'positionEmbedding')
  const token = parameter(parameters, 'classToken').data.map((value, i) => value + at(positions.data, i))
  const patches = floatTensor([at(positions.shape, 0) - 1, width], positions.data.slice(width))
  return {
    ...model,
    config: { ...config, prefixPositions: false },
    parameters: new Map([
      ...parameters,
      ['classToken', floatTensor([width], token)],
      ['positionEmbedding', patches],
    ]),
  }
}

function withBothHeads({ config, parameters }: ModelToExport): Parameters {
  if (config.pooling !== 'distilled' || parameters.has('headDistillation.weight')) return parameters
  const share = (part: string): [string, FloatTensor] => [
    `headDistillation.${part}`,
    parameter(parameters, `head.${part}`),
  ]
  return new Map([...parameters, share('weight'), share('bias')])
}

function checkModel(model: ModelToExport): void {
  const { config, labels } = model
  invariant(labels.length === config.classes, () => `${labels.length} labels for ${config.classes} classes`)
  const parameters = withBothHeads(model)
  for (const [name, shape] of storedParameterShapes(config)) {
    invariant(sameShape(parameter(parameters, name).shape, shape), () => `${name} has the wrong shape`)
  }
}
