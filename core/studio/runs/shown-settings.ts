/** @file What a window shows of a run's settings. */
import { isDeepStrictEqual } from 'node:util'

import type { RunSummary } from '../../api/contract/runs.ts'
import { Augment, augmentations } from '../../data/augmentation.ts'
import { framingChoiceOf } from '../../data/preprocess.ts'
import type { OptimiserSettings } from '../../optim/optimisers.ts'
import type { RunRecord } from '../../train/run/run-record.ts'

/** The settings of a run, as chosen, found or followed. */
export function shownSettings(record: RunRecord): RunSummary['settings'] {
  const { settings, model, preprocessing, augmentation, search } = record
  const { batch, microBatch, learningRate, warmup, clip, head, balance, seed, evaluateEvery, engine, train } =
    settings
  const shown = {
    batch,
    microBatch,
    learningRate,
    warmup,
    clip,
    head,
    balance,
    seed,
    evaluateEvery,
    engine,
    train,
  }
  const { progressive } = settings
  return {
    ...shown,
    ...shownOptimiser(settings.optimiser),
    framing: framingChoiceOf(preprocessing),
    augment: Augment.options.find((name) => isDeepStrictEqual(augmentations[name], augmentation)) ?? null,
    firstResolution: progressive === null ? null : progressive.grid.rows * model.config.patch,
    searched: search !== null,
  }
}

/** Its kind, and its momentum if it has one. */
export function shownOptimiser(settings: OptimiserSettings): {
  readonly optimiser: OptimiserSettings['kind']
  readonly momentum: number | null
} {
  return { optimiser: settings.kind, momentum: settings.kind === 'sgd' ? settings.momentum : null }
}
