/** @file Checking a folder of images and drawing the sample pictures, as streams of progress with the result last. */
import type { CheckedData, ImageColumns } from '../../api/contract/data.ts'
import type { Progress } from '../../api/contract/values.ts'
import { withProgress } from '../../api/feed.ts'
import {
  judge,
  type AsideImage,
  type CheckDataOptions,
  type CheckedData as CoreData,
  type CheckedFolder,
  type ExaminedData,
} from '../../data/check.ts'
import { compareCodePoints, noLabel } from '../../data/classes.ts'
import type { CheckProgress } from '../../data/examine.ts'
import type { CheckedImage } from '../../data/load.ts'
import { firstsOfGroups } from '../../data/split.ts'
import { writeSampleSet, type SampleSet } from '../../data/sample-set.ts'
import { sampleFolder } from '../home.ts'
import type { FolderChoice, ImageFolders } from '../labels/image-folders.ts'
import { flagsOf } from '../labels/image-flags.ts'
import { toSignedBytes, toUnsignedBytes } from './columns.ts'

type CheckItem = Progress | { readonly type: 'done'; readonly data: CheckedData }
type SampleItem = Progress | ({ readonly type: 'done' } & SampleSet)

/** Checks a folder, and remembers what was found in `folders`. */
export async function* checkFolderItems(
  folders: ImageFolders,
  choice: FolderChoice,
  options: CheckDataOptions,
): AsyncGenerator<CheckItem> {
  const examined = yield* withProgress<Progress, ExaminedData>(async (report) =>
    folders.examine(choice, {
      ...options,
      onProgress: throttle((done, total) => report({ type: 'progress', done, total })),
    }),
  )
  yield { type: 'done', data: toChecked(judge(examined, options)) }
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

/** What the window gets of a check. Its classes are all there are, while those of a check are those with images. */
export function toChecked(checked: CoreData): CheckedData {
  const { root, images, aside, bad, findings, validation } = checked
  const names = [...checked.classes, ...checked.unused].sort(compareCodePoints)
  return {
    root,
    classes: names.map((name) => ({
      name,
      images: countOf(checked, name),
      validation: validation === undefined ? null : countOf(validation, name),
    })),
    images: toColumns(images),
    groups: toUnsignedBytes(firstsOfGroups(images)),
    flags: toFlags(images),
    aside: toAside(aside, names),
    validation:
      validation === undefined
        ? null
        : {
            root: validation.root,
            images: toColumns(validation.images),
            flags: toFlags(validation.images),
            aside: toAside(validation.aside, names),
          },
    skipped: [...bad, ...(validation?.bad ?? [])],
    warnings: [...findings],
  }
}

function countOf({ classes, counts }: CheckedFolder, name: string): number {
  return counts[classes.indexOf(name)] ?? 0
}

function toColumns(images: readonly CheckedImage[]): ImageColumns {
  return {
    paths: images.map(({ path }) => path).join('//'),
    sizes: toUnsignedBytes(images.flatMap(({ width, height }) => [width, height])),
  }
}

function toFlags(images: readonly CheckedImage[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(images, ({ said }) => flagsOf(said))
}

function toAside(aside: readonly AsideImage[], names: readonly string[]): CheckedData['aside'] {
  const places = new Map(names.map((name, place) => [name, place]))
  return {
    ...toColumns(aside),
    labels: toSignedBytes(aside.map(({ className }) => places.get(className ?? '') ?? noLabel)),
    flags: toFlags(aside),
  }
}
