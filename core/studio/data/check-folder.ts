/** @file Checking a folder of images and drawing the sample pictures, as streams of progress with the result last. */
import type { CheckedData, ImageColumns } from '../../api/contract/data.ts'
import type { Progress } from '../../api/contract/values.ts'
import { withProgress } from '../../api/feed.ts'
import { checkData, type CheckedData as CoreData, type CheckDataOptions } from '../../data/check.ts'
import type { CheckProgress } from '../../data/examine.ts'
import type { CheckedImage } from '../../data/load.ts'
import { firstsOfGroups } from '../../data/split.ts'
import { writeSampleSet, type SampleSet } from '../../data/sample-set.ts'
import { sampleFolder } from '../home.ts'

type CheckItem = Progress | { readonly type: 'done'; readonly data: CheckedData }
type SampleItem = Progress | ({ readonly type: 'done' } & SampleSet)

/** Checks a folder of class folders. */
export async function* checkFolderItems(
  folder: string,
  options: CheckDataOptions,
): AsyncGenerator<CheckItem> {
  const checked = yield* withProgress<Progress, CoreData>(async (report) =>
    checkData(folder, {
      ...options,
      onProgress: throttle((done, total) => report({ type: 'progress', done, total })),
    }),
  )
  yield { type: 'done', data: toChecked(checked) }
}

/** Often enough to look responsive: a check opens hundreds of images a second. */
const reportEveryMs = 80

function throttle(report: (done: number, total: number) => void): (progress: CheckProgress) => void {
  let last = -Infinity
  return ({ done, total }) => {
    const now = performance.now()
    if (now - last < reportEveryMs && done !== total) return
    last = now
    report(done, total)
  }
}

/** Draws the sample pictures unless they exist already. */
export async function* sampleItems(signal: AbortSignal): AsyncGenerator<SampleItem> {
  const set = yield* withProgress<Progress, SampleSet>(async (report) =>
    writeSampleSet(sampleFolder(), {
      signal,
      onProgress: (done, total) => report({ type: 'progress', done, total }),
    }),
  )
  yield { type: 'done', ...set }
}

function toChecked({ root, classes, counts, images, bad, findings, validation }: CoreData): CheckedData {
  return {
    root,
    classes: classes.map((name, label) => ({
      name,
      images: counts[label] ?? 0,
      validation: validation === undefined ? null : (validation.counts[label] ?? 0),
    })),
    images: toColumns(images),
    groups: toBytes(firstsOfGroups(images)),
    validation:
      validation === undefined ? null : { root: validation.root, images: toColumns(validation.images) },
    skipped: [...bad, ...(validation?.bad ?? [])],
    warnings: [...findings],
  }
}

function toColumns(images: readonly CheckedImage[]): ImageColumns {
  return {
    paths: images.map(({ path }) => path).join('//'),
    sizes: toBytes(images.flatMap(({ width, height }) => [width, height])),
  }
}

const bytesPerNumber = 4

function toBytes(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytesPerNumber * numbers.length))
  for (const [index, value] of numbers.entries()) view.setUint32(bytesPerNumber * index, value, true)
  return new Uint8Array(view.buffer)
}
