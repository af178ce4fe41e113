/** @file An epoch on real JPEG files against the bare step, alternately: what decoding costs. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBatches } from '../../core/data/batches.ts'
import { openCache } from '../../core/data/cache.ts'
import { checkData } from '../../core/data/check.ts'
import { augmentations } from '../../core/data/augmentation.ts'
import { frameAs } from '../../core/data/preprocess.ts'
import { imagenetNormalisation } from '../../core/files/family.ts'
import { median } from '../../core/studio/bench.ts'
import { createSubject, type Subject } from './subject.ts'

const photos = '../shared/data/flowers5/train'
const batch = 25
const stepsPerTurn = 8
const turns = 6

/** Prints the speed of ViT-Ti/16 fed with photos as a share of its bare speed. */
export async function benchEpoch(): Promise<void> {
  if (!existsSync(photos)) {
    console.log(`Epoch: skipped, there are no photos at ${photos}.`)
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'vit-studio-bench-'))
  const subject = await createSubject(192, batch)
  const fed = await fedStep(subject, folder)
  const bareMs: number[] = []
  const fedMs: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    bareMs.push(...(await timeSteps(subject.step)))
    fedMs.push(...(await timeSteps(fed)))
  }
  const share = median(bareMs) / median(fedMs)
  console.log(
    `ViT-Ti/16, batch ${batch}, photos with Inception crops: ${((1000 * batch) / median(fedMs)).toFixed(1)} images/s, ` +
      `${share.toFixed(3)} of the bare step (medians of ${fedMs.length} steps in turns)`,
  )
  await subject.dispose()
  await rm(folder, { recursive: true })
}

/** Steps on the photos, batch after batch; the classes are cut to those of the model. */
async function fedStep({ stepper, config }: Subject, folder: string): Promise<() => Promise<number>> {
  const { root, images } = await checkData(photos, { cacheDirectory: folder })
  const side = config.grid.rows * config.patch
  const batches = createBatches({
    root,
    images,
    batchSize: batch,
    preprocessing: frameAs('squash', { height: side, width: side }, imagenetNormalisation),
    augmentation: augmentations.standard,
    seed: 0,
    cache: await openCache(folder),
  })
  return async () => {
    const start = performance.now()
    await stepper.step(await batches.next(), { learningRate: 1e-3, momentum: 0.9, clip: 1 })
    return performance.now() - start
  }
}

/** The first step of a turn is left out: the other kind of step ran while its images were decoded. */
async function timeSteps(step: () => Promise<number>): Promise<number[]> {
  await step()
  const times: number[] = []
  for (let done = 0; done < stepsPerTurn; done++) times.push(await step())
  return times
}
