import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openCache } from '../../../../core/data/cache.ts'
import { checkData, type CheckedData } from '../../../../core/data/check.ts'
import { loadFile } from '../../../../core/data/load.ts'
import { createOrtEngine } from '../../../../core/engine/ort-engine.ts'
import type { Engine } from '../../../../core/engine/engine.ts'
import type { Pretrained } from '../../../../core/files/checkpoint.ts'
import { createClassifier } from '../../../../core/train/model/classifier.ts'
import { planFewShot, type FewShotPlan } from '../../../../core/train/probe/few-shot-plan.ts'
import {
  hardestClasses,
  previewModel,
  suitability,
  type FewShotResult,
} from '../../../../core/train/probe/few-shot-preview.ts'
import { preprocessingOf } from '../../../../core/train/model/open-model.ts'
import { squashed, type VitConfig } from '../../../../core/vit/config.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { randomParameters, tinyConfig } from '../../files/tiny-models.ts'
import { writeSquares } from '../../host/cli/studio.ts'

function pretrained(changes: Partial<VitConfig> = {}, seed = 1): Pretrained {
  const config = tinyConfig(changes)
  return {
    path: '/models/tiny',
    config,
    parameters: randomParameters(config, seed),
    normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    positionResize: 'timm',
    framing: squashed,
    scores: 'softmax',
    labels: null,
    family: 'tiny',
    layout: 'timm',
    notes: [],
  }
}

const settings = { shots: [1, 4], seeds: 2, validationSplit: 0.25, mostTraining: Infinity, mostTests: 1000 }
const folder = mkdtempSync(join(tmpdir(), 'vit-studio-few-shot-'))
let checked: CheckedData
let plan: FewShotPlan

beforeAll(async () => {
  await writeSquares(join(folder, 'data'), 8)
  checked = await checkData(join(folder, 'data'), { cacheDirectory: join(folder, 'checks') })
  plan = planFewShot(checked, settings)
})

afterAll(async () => rm(folder, { recursive: true, force: true }))

/** Counts the images that are computed. */
function countingEngine(): { readonly engine: Engine; readonly runs: () => number } {
  const inner = createOrtEngine('cpu')
  let runs = 0
  const engine: Engine = {
    ...inner,
    createState: async (values) => inner.createState(values),
    load: async (graph, state) => {
      const program = await inner.load(graph, state)
      return {
        run: async (feeds) => {
          runs++
          return program.run(feeds)
        },
        dispose: async () => program.dispose(),
      }
    },
  }
  return { engine, runs: () => runs }
}

describe('the preview of a model', () => {
  it('gives what a plain solution of the normal equations gives on the same images', async () => {
    const model = pretrained()
    const engine = createOrtEngine('cpu')
    const result = await previewModel(model, plan, { engine })
    const features = await plainFeatures(model, engine)
    for (const [place, shots] of plan.shots.entries()) {
      const accuracies = plan.orders.map((order) => {
        const drawn = order.flatMap((indices) => indices.slice(0, shots))
        return plainAccuracy(features, drawn, plan)
      })
      const [a = 0, b = 0] = accuracies
      expect(result.shots[place]).toMatchObject({ shots, images: 3 * shots })
      expect(result.shots[place]?.accuracy).toBeCloseTo((a + b) / 2, 12)
      expect(result.shots[place]?.spread).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12)
    }
    const last = result.shots.at(-1)?.accuracy ?? 0
    const counted = result.confusion.flat().reduce((sum, count) => sum + count)
    const right = result.confusion.reduce((sum, row, label) => sum + (row[label] ?? 0), 0)
    expect(counted).toBe(2 * plan.tests.images.length)
    expect(right / counted).toBeCloseTo(last, 12)
    expect(result.perClass.map(({ name, tests }) => [name, tests])).toEqual([
      ['blue', 2],
      ['green', 2],
      ['red', 2],
    ])
  })

  it('reads the features of the pooling, also two vectors side by side', async () => {
    const result = await previewModel(pretrained({ pooling: 'classAndMean' }), plan, {
      engine: createOrtEngine('cpu'),
    })
    expect(result.computed).toBe(plan.training.images.length + plan.tests.images.length)
    expect(result.shots).toHaveLength(2)
  })

  it('computes nothing a second time, whatever the head, and again for other weights or images', async () => {
    const cache = await openCache(join(temporaryFolder(), 'cache'))
    const { engine, runs } = countingEngine()
    const first = await previewModel(pretrained(), plan, { engine, cache })
    const before = runs()
    expect(before).toBeGreaterThan(0)
    const again = await previewModel(pretrained({ classes: 0 }), plan, { engine, cache })
    expect(runs()).toBe(before)
    expect(again).toEqual({ ...first, computed: 0, seconds: again.seconds })
    // One more draw needs the images that it alone draws.
    const more = planFewShot(checked, { ...settings, seeds: 3 })
    const third = await previewModel(pretrained(), more, { engine, cache })
    expect(third.computed).toBe(more.training.images.length - plan.training.images.length)
    expect((await previewModel(pretrained({}, 2), plan, { engine, cache })).computed).toBe(first.computed)
  })

  it('computes again what is damaged in the cache', async () => {
    const directory = join(temporaryFolder(), 'cache')
    const cache = await openCache(directory)
    const engine = createOrtEngine('cpu')
    const first = await previewModel(pretrained(), plan, { engine, cache })
    for (const path of readdirSync(directory, { recursive: true, withFileTypes: true }))
      if (path.isFile()) writeFileSync(join(path.parentPath, path.name), 'damaged')
    const again = await previewModel(pretrained(), plan, { engine, cache })
    expect(again).toEqual({ ...first, seconds: again.seconds })
  })

  it('stops when asked, and keeps what it has', async () => {
    const cache = await openCache(join(temporaryFolder(), 'cache'))
    const { engine } = countingEngine()
    const stop = new AbortController()
    // The first call reports what is known, the second the first batch.
    let told = 0
    const onProgress = (): void => {
      told++
      if (told === 2) stop.abort()
    }
    const cancelled = previewModel(pretrained(), plan, { engine, cache, signal: stop.signal, onProgress })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    const all = plan.training.images.length + plan.tests.images.length
    const after = await previewModel(pretrained(), plan, { engine, cache })
    expect(after.computed).toBe(all - 16)
  })

  it('leaves out images that have gone, and says so when no test image is left', async () => {
    const data = join(temporaryFolder(), 'data')
    await writeSquares(data, 8)
    const own = planFewShot(await checkData(data, { cacheDirectory: join(data, '..', 'checks') }), settings)
    await rm(join(data, own.training.images[0]?.path ?? ''))
    const engine = createOrtEngine('cpu')
    const { shots } = await previewModel(pretrained(), own, { engine })
    expect(shots.at(-1)?.images).toBeLessThanOrEqual(12)
    for (const { path } of own.tests.images) await rm(join(data, path))
    await expect(previewModel(pretrained(), own, { engine })).rejects.toMatchObject({ code: 'io' })
  })
})

describe('comparing models', () => {
  const withFinal = (accuracy: number, spread: number | null): FewShotResult => ({
    shots: [
      { shots: 1, images: 3, accuracy: 1 - accuracy, spread },
      { shots: 5, images: 15, accuracy, spread },
    ],
    perClass: [],
    confusion: [],
    computed: 0,
    seconds: 1,
  })

  it('takes the best at the largest number of shots, and names those within its spread', () => {
    const results = [withFinal(0.7, 0.02), withFinal(0.9, 0.03), withFinal(0.88, 0.01), withFinal(0.8, 0.15)]
    expect(suitability(results)).toEqual({ best: 1, alike: [2, 3] })
    expect(suitability([withFinal(0.5, null), withFinal(0.4, null)])).toEqual({ best: 0, alike: [] })
    expect(suitability([])).toBeNull()
  })

  it('finds the hardest classes, the largest of equally hard ones first', () => {
    const perClass = [
      { name: 'a', tests: 5, accuracy: 0.5 },
      { name: 'b', tests: 5, accuracy: 1 },
      { name: 'c', tests: 0, accuracy: null },
      { name: 'd', tests: 9, accuracy: 0.5 },
      { name: 'e', tests: 5, accuracy: 0.1 },
    ]
    const result = { ...withFinal(0.5, null), perClass }
    expect(hardestClasses(result, 10)).toEqual([4, 3, 0])
    expect(hardestClasses(result, 1)).toEqual([4])
  })
})

/** Features of the plan's training images, then of its test images, each computed by itself. */
async function plainFeatures(model: Pretrained, engine: Engine): Promise<number[][]> {
  const state = await engine.createState(model.parameters)
  const classifier = await createClassifier(engine, model, state, 1, 'features')
  const rows: number[][] = []
  for (const { root, images } of [plan.training, plan.tests]) {
    for (const { path } of images) {
      const { data } = await loadFile(join(root, path), preprocessingOf(model))
      rows.push([...(await classifier.compute(Uint8Array.from(data), 1)).data])
    }
  }
  return rows
}

/** The share of correct test images, by the formulas as they are written: (XᵀX + 1024·I)·W = XᵀY, solved by elimination. */
function plainAccuracy(features: number[][], drawn: readonly number[], own: FewShotPlan): number {
  const labels = drawn.map((index) => own.training.images[index]!.label)
  const train = drawn.map((index) => features[index]!)
  const width = train[0]!.length
  const mean = Array.from(
    { length: width },
    (_, k) => train.reduce((sum, row) => sum + row[k]!, 0) / train.length,
  )
  const deviation = mean.map((m, k) =>
    Math.sqrt(train.reduce((sum, row) => sum + (row[k]! - m) ** 2, 0) / train.length),
  )
  const prepare = (row: number[]): number[] => [
    ...row.map((value, k) => (value - mean[k]!) / (deviation[k]! + 1e-5)),
    100,
  ]
  const X = train.map(prepare)
  const size = width + 1
  const rows = Array.from({ length: size }, (_, i) => [
    ...Array.from({ length: size }, (_unused, j) => {
      return X.reduce((sum, x) => sum + x[i]! * x[j]!, 0) + (i === j ? 1024 : 0)
    }),
    ...[0, 1, 2].map((label) => X.reduce((sum, x, n) => sum + x[i]! * (labels[n] === label ? 1 : -1), 0)),
  ])
  for (let pivot = 0; pivot < size; pivot++) {
    for (let i = 0; i < size; i++) {
      if (i === pivot) continue
      const factor = rows[i]![pivot]! / rows[pivot]![pivot]!
      rows[i] = rows[i]!.map((value, k) => value - factor * rows[pivot]![k]!)
    }
  }
  const weights = rows.map((row, i) => row.slice(size).map((value) => value / row[i]!))
  const tests = features.slice(own.training.images.length).map(prepare)
  const right = tests.filter((x, n) => {
    const outputs = [0, 1, 2].map((label) =>
      x.reduce((sum, value, i) => sum + value * weights[i]![label]!, 0),
    )
    return outputs.indexOf(Math.max(...outputs)) === own.tests.images[n]!.label
  })
  return right.length / tests.length
}
