/** @file Which options given for a resumed run differ from its own settings, which apply. */
import { resolve } from 'node:path'

import { augmentations } from '../../data/augmentation.ts'
import type { OptimiserSettings } from '../../optim/optimisers.ts'
import type { RunData, RunRecord, RunSettings } from '../../train/run-record.ts'
import type { VitConfig } from '../../vit/config.ts'
import type { FinetuneCommand } from './finetune-options.ts'
import { trainText } from './training-options.ts'

/** One sentence for each option that was given and differs from the run's own. */
export function differences(
  given: FinetuneCommand,
  explicit: ReadonlySet<string>,
  record: RunRecord,
  data: RunData,
): string[] {
  return comparisons(given, record, data).flatMap(({ name, option, asked, own }) => {
    if (!explicit.has(name) || asked === own) return []
    const instead = own === undefined ? '' : `, which has ${own}`
    return [`${option} ${String(asked)} does not apply to this run${instead}.`]
  })
}

interface Comparison {
  /** The option as commander names it. */
  readonly name: keyof FinetuneCommand
  readonly option: string
  readonly asked: string | number | undefined
  /** Undefined where the run does not record it in this form. */
  readonly own: string | number | undefined
}

function comparisons(
  given: FinetuneCommand,
  { settings, model, augmentation }: RunRecord,
  data: RunData,
): Comparison[] {
  const { config } = model
  const side = config.grid.rows * config.patch
  const ownAugmentation = Object.entries(augmentations).find(
    ([, value]) => JSON.stringify(value) === JSON.stringify(augmentation),
  )
  const of = (
    name: keyof FinetuneCommand,
    option: string,
    asked: Comparison['asked'],
    own: Comparison['own'],
  ) => ({
    name,
    option,
    asked,
    own,
  })
  return [
    of('model', '--model', absolute(given.model), model.source),
    of('data', '--data', absolute(given.data), data.trainingRoot),
    of('val', '--val', absolute(given.val), data.validationRoot),
    of('resolution', '--resolution', given.resolution, side),
    of('steps', '--steps', given.steps, settings.steps),
    of('batch', '--batch', given.batch, settings.batch),
    of('microBatch', '--micro-batch', given.microBatch, settings.microBatch),
    of('lr', '--lr', given.lr, settings.learningRate),
    of('warmup', '--warmup', given.warmup, settings.warmup),
    of('optimizer', '--optimizer', given.optimizer, settings.optimiser.kind),
    of('momentum', '--momentum', given.momentum, numberOf(settings.optimiser, 'momentum')),
    of('weightDecay', '--weight-decay', given.weightDecay, numberOf(settings.optimiser, 'weightDecay')),
    of('train', '--train', trainText(given.train), trainText(settings.train)),
    of('cacheViews', '--cache-views', given.cacheViews, settings.views),
    of('progressive', '--progressive', progressiveText(given), ownProgressive(settings, config)),
    of('head', '--head', given.head, settings.head),
    of('balance', '--balance', given.balance, settings.balance),
    of('clip', '--clip', given.clip, settings.clip),
    of('augment', '--augment', given.augment, ownAugmentation?.[0]),
    of('posEmbed', '--pos-embed', given.posEmbed, given.posEmbed === 'auto' ? 'auto' : model.positionResize),
    of('seed', '--seed', given.seed, settings.seed),
    of('heads', '--heads', given.heads, config.heads),
    of('gelu', '--gelu', given.gelu, config.gelu),
    of('layerNormEpsilon', '--layer-norm-epsilon', given.layerNormEpsilon, config.layerNormEpsilon),
    of('pooling', '--pooling', given.pooling, config.pooling),
  ]
}

function numberOf(optimiser: OptimiserSettings, name: string): number | undefined {
  const value = Object.entries(optimiser).find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : undefined
}

function progressiveText({ progressive }: FinetuneCommand): string | undefined {
  if (progressive === undefined) return undefined
  return progressive === null ? 'none' : `${progressive.resolution}:${progressive.share}`
}

function ownProgressive({ progressive, steps }: RunSettings, { patch }: VitConfig): string | undefined {
  if (progressive === null) return 'none'
  return `${progressive.grid.rows * patch}:${progressive.steps / steps}`
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path)
}
