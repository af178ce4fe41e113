import { expect, it } from 'vitest'

import { labelsOf, openModel, preprocessingOf, requireHead } from '../../../../core/train/model/open-model.ts'
import { adjustHead, logitAdjustment } from '../../../../core/train/evaluation/logit-adjustment.ts'
import { readBest } from '../../../../core/train/run/checkpoint-files.ts'
import { saved, timmTensors, tinyModel } from '../../files/tiny-models.ts'
import { begin, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'

it('opens a run as a model with its best weights, classes and preprocessing, which nothing overrules', async () => {
  const run = await begin(await tinyRequest({ steps: 1, warmup: 0, resolution: 16 }))
  await trainUntil(run)
  const { directory, record } = run
  const model = await openModel(directory)
  expect(model.config).toEqual(record.model.config)
  const { parameters, heldOut } = await readBest(directory, record)
  const temperature = logitAdjustment(heldOut?.temperature ?? 0, 0, [1, 1, 1])
  expect(model.parameters).toEqual(adjustHead(parameters, temperature))
  expect(labelsOf(model)).toEqual(['ant', 'bee', 'cat'])
  expect(preprocessingOf(model)).toEqual(record.preprocessing)
  // Nothing else of the preprocessing, or exports would inherit it.
  expect(model.normalisation).toEqual({ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] })
  expect(() => requireHead(model)).not.toThrow()
  await expect(openModel(directory, { heads: 4, gelu: undefined })).rejects.toMatchObject({
    code: 'invalid_input',
    message: `${directory} itself says how its model computes, so heads cannot be overridden. Leave that out.`,
  })
})

it('numbers the classes of a checkpoint without names, and says that one without a head has none', async () => {
  const named = await openModel(await saved(timmTensors(tinyModel())), { heads: 2 })
  expect(labelsOf(named)).toEqual(['class 0', 'class 1', 'class 2'])
  const bare = await openModel(await saved(timmTensors(tinyModel({ classes: 0 }))), { heads: 2 })
  expect(() => requireHead(bare)).toThrow('has no classification head, so it cannot name classes')
})
