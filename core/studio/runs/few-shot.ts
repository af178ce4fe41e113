/** @file The few-shot preview as a stream: one model after the other, so that only one is in memory. */
import type * as z from 'zod'

import { AppError } from '../../errors.ts'
import type { FewShotItem, FewShotRequest, FewShotResult } from '../../api/contract/few-shot.ts'
import { withProgress } from '../../api/feed.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import { checkData, type CheckedData } from '../../data/check.ts'
import { at } from '../../tensor/shape.ts'
import { planFewShot, type FewShotPlan } from '../../train/probe/few-shot-plan.ts'
import {
  hardestClasses,
  previewModel,
  suitability,
  type FewShotResult as Preview,
} from '../../train/probe/few-shot-preview.ts'
import { openModel } from '../../train/model/open-model.ts'
import { chosenEngine, kindOf } from '../engine-choice.ts'
import { log } from '../log.ts'
import { rememberedOverrides } from '../models/models.ts'
import { labelsOf } from '../labels/labels-of.ts'

type Request = z.output<typeof FewShotRequest>

// Few enough to take seconds, even with hundreds of classes.
const mostTraining = 3000
// Enough for an accuracy that is right within a few per cent.
const mostTests = 400
const mostConfused = 8

/**
 * Compares models on someone's images. A model that fails is reported as such. Corrections that are left out are those
 * remembered for the model.
 *
 * @throws AppError `cancelled`, `invalid_input` if there are too few images, `unsupported` without a device
 */
export async function* fewShotItems(request: Request, signal: AbortSignal): AsyncGenerator<FewShotItem> {
  const { engine } = await chosenEngine(kindOf(request.device))
  const plan = planFewShot(yield* checkItems(request, signal), { ...request, mostTraining, mostTests })
  const { classes, tests, heldOut } = plan
  yield { type: 'images', classes: classes.length, tests: tests.images.length, heldOut }
  const cache = await openCache(defaultCacheDirectory(), { onWarning: log })
  const results: { readonly path: string; readonly preview: Preview }[] = []
  for (const { path, overrides } of request.models) {
    try {
      const model = await openModel(path, overrides ?? (await rememberedOverrides(path)))
      const preview = yield* withProgress<FewShotItem, Preview>(async (report) =>
        previewModel(model, plan, {
          engine,
          cache,
          signal,
          onProgress: (done, total) => report({ type: 'progress', path, done, total }),
        }),
      )
      results.push({ path, preview })
      yield { type: 'result', result: toResult(path, preview, plan) }
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (error.code === 'cancelled' || error.code === 'internal') throw error
      yield { type: 'failed', path, problem: error.sentence }
    }
  }
  const found = suitability(results.map(({ preview }) => preview))
  const pathOf = (index: number): string => at(results, index).path
  yield {
    type: 'done',
    best: found === null ? null : pathOf(found.best),
    alike: found?.alike.map(pathOf) ?? [],
  }
}

async function* checkItems(
  { data, validation, project }: Request,
  signal: AbortSignal,
): AsyncGenerator<FewShotItem, CheckedData> {
  const labels = await labelsOf(project)
  return yield* withProgress<FewShotItem, CheckedData>(async (report) =>
    checkData(data, {
      signal,
      validationDirectory: validation,
      labels,
      onProgress: ({ done, total }) => report({ type: 'checking', done, total }),
    }),
  )
}

function toResult(path: string, preview: Preview, { classes }: FewShotPlan): FewShotResult {
  const { shots, perClass, confusion, seconds } = preview
  const hardest = hardestClasses(preview, mostConfused)
  return {
    path,
    shots: [...shots],
    perClass: [...perClass],
    confusion: {
      classes: hardest.map((label) => at(classes, label)),
      counts: hardest.map((truth) => hardest.map((guess) => at(at(confusion, truth), guess))),
    },
    seconds,
  }
}
