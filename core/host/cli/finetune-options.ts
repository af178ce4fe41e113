/** @file The options of `finetune`: what may be chosen, in which range, and the defaults. */
import { Option } from 'commander'

import { augmentations, type Augment } from '../../data/augmentation.ts'
import { Balance } from '../../data/balance.ts'
import type { FramingChoice } from '../../data/framing-choice.ts'
import { OptimiserKind } from '../../optim/optimiser-kind.ts'
import { HeadStart, type Progressive } from '../../train/choices.ts'
import type { Trainable } from '../../vit/trainable.ts'
import { presets, type Preset } from '../../train/schedule.ts'
import { positionResizes, type PositionResize } from '../../vit/config.ts'
import { labelsOption } from './label-table.ts'
import {
  engineOption,
  numberOption,
  seedOption,
  type EngineChoice,
  validationSplitOption,
} from './options.ts'
import { framingOption, progressiveOption, trainOption } from './training-options.ts'
import type { OverrideOptions } from './overrides.ts'

/** The options of `finetune` as given; those without a value here were left out. */
export interface FinetuneCommand extends OverrideOptions {
  readonly model?: string
  readonly data?: string
  readonly labels?: string
  readonly val?: string
  readonly valSplit: number
  readonly out: string
  readonly resolution?: number
  readonly preset: Preset
  readonly steps?: number
  readonly batch?: number
  readonly microBatch?: number
  readonly lr?: number
  readonly warmup?: number
  readonly optimizer: OptimiserKind
  readonly momentum?: number
  readonly weightDecay?: number
  readonly train: Trainable
  readonly cacheViews?: number
  readonly progressive?: Progressive | 'none'
  readonly balance: Balance
  readonly framing: FramingChoice
  readonly head?: HeadStart
  readonly search?: boolean
  readonly clip: number
  readonly augment?: Augment
  readonly posEmbed: PositionResize | 'auto'
  readonly seed: number
  readonly engine: EngineChoice
  readonly resume?: boolean
}

const count = { whole: true, min: 1, max: 1_000_000 }

/** Fresh options, since a program stores in them what it parsed. */
export function finetuneOptions(): Option[] {
  return [
    new Option('--model <path>', 'pretrained checkpoint, export, earlier run or id of a downloaded model'),
    new Option('--data <dir>', 'folder with one folder of images per class'),
    labelsOption(),
    new Option('--val <dir>', 'folder of validation images, with the same class folders'),
    validationSplitOption(),
    new Option('--out <dir>', 'folder of the run').makeOptionMandatory(),
    numberOption('--resolution <n>', "pixels per side, a multiple of the patch size (default: the model's)", {
      whole: true,
      min: 1,
      max: 4096,
    }),
    new Option('--preset <name>', 'length of training').choices(Object.keys(presets)).default('standard'),
    numberOption('--steps <n>', 'optimisation steps (default: from the preset)', count),
    numberOption('--batch <n>', 'images per step (default: 32)', count),
    numberOption('--micro-batch <n>', 'images processed at once (default: what fits into memory)', count),
    numberOption('--lr <x>', 'peak learning rate, used as given (default: from preset and batch)', {
      above: 0,
      max: 1000,
    }),
    numberOption('--warmup <n>', 'steps of warm-up (default: from the preset)', {
      whole: true,
      min: 0,
      max: 1_000_000,
    }),
    ...courseOptions(),
    numberOption('--clip <x>', 'largest gradient norm; longer gradients are clipped', { above: 0 }).default(
      1,
    ),
    new Option('--augment <kind>', 'how training images are varied (default: from the preset)').choices(
      Object.keys(augmentations),
    ),
    framingOption(),
    new Option('--pos-embed <rule>', 'how position embeddings are resized')
      .choices(['auto', ...positionResizes])
      .default('auto'),
    seedOption(),
    engineOption(),
    new Option('--resume', 'continue the run in --out with its own settings'),
  ]
}

/** What is trained, how, and from where. */
function courseOptions(): Option[] {
  return [
    new Option('--optimizer <name>', 'rule of the updates').choices(OptimiserKind.options).default('sgd'),
    numberOption('--momentum <x>', 'momentum of sgd (default: 0.9)', { min: 0, below: 1 }),
    numberOption('--weight-decay <x>', 'decoupled weight decay of adamw (default: 0.05)', { min: 0 }),
    trainOption(),
    numberOption('--cache-views <n>', 'views of each image kept behind a frozen front, 0 for none', {
      whole: true,
      min: 0,
      max: 1000,
    }),
    progressiveOption(),
    new Option('--head <start>', 'what the head begins as: zero or probe (default: from the preset)').choices(
      HeadStart.options,
    ),
    new Option(
      '--search',
      'first find the best peak rate and augmentation in short trials, which cost at most two trainings; the one that --lr ' +
        'or --augment gives is left as it is (default: with the preset thorough)',
    ),
    new Option('--no-search', 'train with the usual peak rate and augmentation'),
    new Option('--balance <how>', 'how often images of small classes are drawn')
      .choices(Balance.options)
      .default('none'),
  ]
}
