/** @file The options of `finetune` beside what a resumed run has. */
import { resolve } from 'node:path'

import { augmentations } from '../../data/augmentation.ts'
import { framingChoiceOf } from '../../data/preprocess.ts'
import type { OptimiserSettings } from '../../optim/optimisers.ts'
import type { RunData, RunRecord, RunSettings } from '../../train/run/run-record.ts'
import type { VitConfig } from '../../vit/config.ts'
import type { FinetuneCommand } from './finetune-options.ts'
import { differencesBetween, type Shown } from './resume.ts'
import { trainText } from './training-options.ts'

/** All but those that apply to a resumed run. */
type RunOption = Exclude<keyof FinetuneCommand, 'out' | 'engine' | 'resume'>

/** One sentence for each option that was given and differs from the run's own. */
export function differences(
  given: FinetuneCommand,
  explicit: ReadonlySet<string>,
  record: RunRecord,
  data: RunData,
): string[] {
  return differencesBetween(askedOf(given), ownOf(given, record, data), explicit)
}

function askedOf(given: FinetuneCommand): Partial<Record<RunOption, Shown>> {
  return {
    ...given,
    model: absolute(given.model),
    data: absolute(given.data),
    val: absolute(given.val),
    train: trainText(given.train),
    progressive: progressiveText(given),
    search: given.search === undefined ? undefined : searchText(given.search),
    mean: given.mean?.join(','),
    std: given.std?.join(','),
  }
}

function ownOf(
  { posEmbed }: FinetuneCommand,
  { settings, model, augmentation, preprocessing, search }: RunRecord,
  data: RunData,
): Record<RunOption, Shown> {
  const { config } = model
  const augment = Object.entries(augmentations).find(
    ([, value]) => JSON.stringify(value) === JSON.stringify(augmentation),
  )
  const { steps, batch, microBatch, learningRate: lr, warmup, optimiser, balance, clip, seed } = settings
  const { heads, gelu, layerNormEpsilon, pooling } = config
  return {
    model: model.source,
    data: data.trainingRoot,
    val: data.validationRoot,
    // A run records what a table, a preset and a share came to, not their names.
    labels: undefined,
    preset: undefined,
    valSplit: undefined,
    resolution: config.grid.rows * config.patch,
    steps,
    batch,
    microBatch,
    lr,
    warmup,
    balance,
    framing: framingChoiceOf(preprocessing),
    clip,
    seed,
    optimizer: optimiser.kind,
    momentum: numberOf(optimiser, 'momentum'),
    weightDecay: numberOf(optimiser, 'weightDecay'),
    train: trainText(settings.train),
    cacheViews: settings.views,
    progressive: ownProgressive(settings, config),
    head: settings.head,
    search: searchText(search !== null),
    augment: augment?.[0],
    posEmbed: posEmbed === 'auto' ? 'auto' : model.positionResize,
    heads,
    gelu,
    layerNormEpsilon,
    pooling,
    mean: preprocessing.mean.join(','),
    std: preprocessing.std.join(','),
  }
}

function searchText(search: boolean): string {
  return search ? 'on' : 'off'
}

function numberOf(optimiser: OptimiserSettings, name: string): number | undefined {
  const value = Object.entries(optimiser).find(([key]) => key === name)?.[1]
  return typeof value === 'number' ? value : undefined
}

function progressiveText({ progressive }: FinetuneCommand): string | undefined {
  if (progressive === undefined) return undefined
  return progressive === 'none' ? 'none' : `${progressive.resolution}:${progressive.share}`
}

function ownProgressive({ progressive, steps }: RunSettings, { patch }: VitConfig): string | undefined {
  if (progressive === null) return 'none'
  return `${progressive.grid.rows * patch}:${progressive.steps / steps}`
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path)
}
