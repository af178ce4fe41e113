/** @file Turns a pretrained model into the start of a fine-tuning run: new head, new resolution. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { filled, parameter, type FloatTensor, type Parameters } from '../../tensor/tensor.ts'
import { featureWidth, prefixRows, type Grid, type PositionResize, type VitConfig } from '../../vit/config.ts'
import { resizePositions } from '../../vit/position-embedding.ts'

import type { LinearHead } from '../probe/probe-head.ts'

/** A model in memory: architecture and canonical parameters. */
export interface Model {
  readonly config: VitConfig
  readonly parameters: Parameters
}

/**
 * Replaces the pretrained head by a zero-initialised one for `classes` classes.
 *
 * @see paper, appendix B.1.1
 */
export function withZeroHead({ config, parameters }: Model, classes: number): Model {
  const bare = [...parameters].filter(([name]) => !name.startsWith('head'))
  const next: VitConfig = { ...config, classes }
  const weight = filled([classes, featureWidth(config)], 0)
  const head = headParameters({ weight, bias: filled([classes], 0) })
  return { config: next, parameters: new Map([...bare, ...head]) }
}

/** The parameters of a head. */
export function headParameters({ weight, bias }: LinearHead): Map<string, FloatTensor> {
  return new Map([
    ['head.weight', weight],
    ['head.bias', bias],
  ])
}

/** Resizes the position embeddings of a model to another patch grid; everything else is independent of it. */
export function atGrid({ config, parameters }: Model, grid: Grid, rule: PositionResize): Model {
  const old = parameter(parameters, 'positionEmbedding')
  const resized = resizePositions(old, config.grid, grid, prefixRows(config), rule)
  return { config: { ...config, grid }, parameters: new Map([...parameters, ['positionEmbedding', resized]]) }
}

/**
 * The patch grid of a square resolution.
 *
 * @throws AppError `invalid_input` when the resolution is not a multiple of the patch size
 */
export function gridOf(resolution: number, patch: number): Grid {
  const side = resolution / patch
  if (Number.isInteger(side) && side >= 1) return { rows: side, columns: side }
  const nearest = Math.max(1, Math.round(side)) * patch
  throw new AppError(
    'invalid_input',
    say`The resolution ${resolution} is not a multiple of this model's patch size, ${patch} pixels. The nearest that is: ${nearest}.`,
    { resolution, patch },
  )
}
