import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import {
  readEvaluation,
  stateOfWeights,
  storeEvaluation,
} from '../../../../core/studio/runs/stored-evaluation.ts'
import { evaluation } from '../../../support/fake-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

it('keeps an evaluation as long as the weights are those it was made of', async () => {
  const run = temporaryFolder()
  expect(await stateOfWeights(run)).toBeNull()
  expect(await readEvaluation(run)).toBeNull()
  await writeFile(join(run, 'best.safetensors'), 'weights')
  const state = await stateOfWeights(run)
  await storeEvaluation(run, state ?? '', evaluation())
  expect(await readEvaluation(run)).toEqual(evaluation())

  await writeFile(join(run, 'best.safetensors'), 'better weights')
  expect(await stateOfWeights(run)).not.toBe(state)
  expect(await readEvaluation(run)).toBeNull()
})

it('skips a file that cannot be read', async () => {
  const run = temporaryFolder()
  await writeFile(join(run, 'evaluation.json'), '{"weights":')
  expect(await readEvaluation(run)).toBeNull()
  await writeFile(join(run, 'evaluation.json'), '{"weights":"","evaluation":{}}')
  expect(await readEvaluation(run)).toBeNull()
})
