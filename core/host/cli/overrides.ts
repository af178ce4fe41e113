/** @file The options that override what was recognised in a checkpoint. */
import { Option, type Command } from 'commander'

import { AppError } from '../../errors.ts'
import type { CheckpointOverrides } from '../../files/checkpoint.ts'
import { gelus, poolings, type Gelu, type Pooling } from '../../vit/config.ts'
import { channelsOption, numberOption, type Channels } from './options.ts'

/** These options as given. */
export interface OverrideOptions {
  readonly heads?: number
  readonly gelu?: Gelu
  readonly layerNormEpsilon?: number
  readonly mean?: Channels
  readonly std?: Channels
  readonly pooling?: Pooling
}

const group = 'What the checkpoint does not say (use these to correct a wrong guess):'

/** Adds the options to a command. */
export function addOverrideOptions(command: Command): Command {
  const options = [
    numberOption('--heads <n>', 'attention heads', { whole: true, min: 1, max: 1024 }),
    new Option('--gelu <kind>', 'activation of the MLP').choices(gelus),
    numberOption('--layer-norm-epsilon <x>', 'epsilon of LayerNorm', { above: 0, below: 1 }),
    channelsOption('--mean <r,g,b>', 'pixel mean, 0 to 1', { min: -10, max: 10 }),
    channelsOption('--std <r,g,b>', 'pixel standard deviation, 0 to 1', { above: 0, max: 10 }),
    new Option('--pooling <kind>', 'what the classification head reads').choices(poolings),
  ]
  for (const option of options) command.addOption(option.helpGroup(group))
  return command
}

/**
 * What these options override.
 *
 * @throws AppError `invalid_input` for one of mean and standard deviation alone
 */
export function overridesOf(options: OverrideOptions): CheckpointOverrides {
  const { heads, gelu, layerNormEpsilon, mean, std, pooling } = options
  if (mean !== undefined && std !== undefined) {
    return { heads, gelu, layerNormEpsilon, pooling, normalisation: { mean, std } }
  }
  if (mean === undefined && std === undefined) return { heads, gelu, layerNormEpsilon, pooling }
  const [given, missing] = mean === undefined ? ['--std', '--mean'] : ['--mean', '--std']
  throw new AppError(
    'invalid_input',
    `${given} was given without ${missing}. They belong together: give both.`,
  )
}
