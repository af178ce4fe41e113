/** @file How whole images meet the square: recorded with a run, and the same in its training, its predictions and every export. */
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../support/temporary.ts'
import { begin, cpu, tinyRequest, trainUntil } from '../../support/tiny-run.ts'
import { FramingChoice } from '../../../core/data/framing-choice.ts'
import { loadFile } from '../../../core/data/load.ts'
import { framingChoiceOf } from '../../../core/data/preprocess.ts'
import { heldOutAnswers } from '../../../core/train/evaluation/held-out-answers.ts'
import { softmax } from '../../../core/train/evaluation/metrics.ts'
import { exportRun } from '../../../core/train/model/export.ts'
import { predictFiles } from '../../../core/train/model/predict.ts'
import { openPredictor } from '../../../core/train/model/predictor.ts'
import { phaseAt, preprocessingAt } from '../../../core/train/step/phases.ts'

/** A picture three times as wide as high, whose ends differ from its middle. */
async function panorama(): Promise<string> {
  const file = join(temporaryFolder(), 'panorama.png')
  const [width, height] = [90, 30]
  const pixels = Buffer.from(
    Array.from({ length: width * height }, (_, i) =>
      i % width < 30 || i % width >= 60 ? [220, 30, 30] : [20, 60, 230],
    ).flat(),
  )
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file)
  return file
}

async function probabilitiesOf(model: string, file: string): Promise<number[]> {
  const predictor = await openPredictor(model, cpu, 1)
  try {
    for await (const one of predictFiles(predictor, [{ file }], { top: 3 })) {
      if ('top' in one)
        return [...one.top].sort((a, b) => (a.label < b.label ? -1 : 1)).map(({ probability }) => probability)
    }
    throw new Error(`${file} was not predicted`)
  } finally {
    await predictor.dispose()
  }
}

describe('a run', () => {
  it.each(FramingChoice.options)('that was told to %s says so, and so do its exports', async (framing) => {
    const run = await begin(await tinyRequest({ framing, augment: 'gentle', steps: 4 }))
    expect(framingChoiceOf(run.record.preprocessing)).toBe(framing)
    await trainUntil(run)
    const file = await panorama()
    const expected = await probabilitiesOf(run.directory, file)
    // What was kept of held-out images while it trained is what predictions say.
    const { logits, images } = (await heldOutAnswers(run.directory))!
    const first = join(run.data.validationRoot, images[0]!.path)
    const kept = [...softmax(logits.data.subarray(0, 3))]
    expect(await probabilitiesOf(run.directory, first)).toBeAllclose(kept, { rtol: 1e-3, atol: 1e-5 })
    const out = temporaryFolder()
    const { exported, refused } = await exportRun(run.directory, ['hf', 'timm', 'npz', 'onnx'], out, {
      engine: cpu,
    })
    expect(refused.map(({ format }) => format)).toEqual(framing === 'letterbox' ? ['hf'] : [])
    for (const { path } of exported)
      expect(await probabilitiesOf(path, file)).toBeAllclose(expected, { rtol: 1e-3, atol: 1e-5 })
  })

  it('sees other pixels of a long picture with each of them', async () => {
    const file = await panorama()
    const request = await tinyRequest()
    const seen = new Set<string>()
    for (const framing of FramingChoice.options) {
      const { record } = await begin({ ...request, framing, out: join(temporaryFolder(), 'run') })
      seen.add((await loadFile(file, record.preprocessing)).data.toString('hex'))
    }
    expect(seen.size).toBe(3)
  })

  it('shows the same part of an image at a lower resolution', async () => {
    const run = await begin(
      await tinyRequest({
        framing: 'crop',
        resolution: 24,
        progressive: { resolution: 12, share: 0.5 },
        steps: 4,
      }),
    )
    expect(preprocessingAt(run.record, phaseAt(run.record, 0)).resize).toEqual({
      cover: { height: 12, width: 12 },
    })
    expect(preprocessingAt(run.record, phaseAt(run.record, 3)).resize).toEqual({
      cover: { height: 24, width: 24 },
    })
    await trainUntil(run)
  })
})
