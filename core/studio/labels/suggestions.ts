/**
 * @file Suggested labels of a project. What a model sees in its images is computed once and kept in memory, so that after
 * every few labels only the small probe is fitted again. The images are looked at in parts, each with suggestions.
 */
import {
  fewestLabelled,
  type SuggestItem,
  type Suggestions,
  type SuggestRequest,
} from '../../api/contract/suggestions.ts'
import { retold, withProgress } from '../../api/feed.ts'
import { applyLabels } from '../../data/apply-labels.ts'
import { defaultCacheDirectory, openCache } from '../../data/cache.ts'
import { examineData, judge, type ExaminedData } from '../../data/check.ts'
import { noLabel, type DataFolder, type ImageEntry } from '../../data/classes.ts'
import { noLabels, type Labels } from '../../data/labels.ts'
import type { CheckedImage } from '../../data/load.ts'
import { scanToLabel } from '../../data/scan.ts'
import { throwIfCancelled } from '../../errors.ts'
import { createRandom, shuffled } from '../../tensor/random.ts'
import { at } from '../../tensor/shape.ts'
import { frozenFeatures } from '../../train/probe/few-shot-features.ts'
import { fitSuggester, suggest, type LabelledFeatures } from '../../train/probe/suggest.ts'
import { toFloatBytes, toSignedBytes } from '../data/columns.ts'
import { chosenEngine, kindOf } from '../engine-choice.ts'
import { log } from '../log.ts'
import { stateOfModel } from '../models/model-state.ts'
import { openFrozen } from '../models/open-frozen.ts'
import { createProjects } from '../projects/projects.ts'
import { folderChoiceOf } from './project-labels.ts'

/** What is known of the images of a project, as a model sees them. */
interface Seen {
  /** What it was computed for. */
  readonly key: string
  /** As listed. */
  readonly folder: DataFolder
  /** Those that can be read. */
  readonly images: readonly CheckedImage[]
  /** Features [D] by path; null for an image that can no longer be read. */
  readonly rows: Map<string, Float32Array | null>
}

/** Suggestions for one project at a time. */
export interface Suggester {
  /** @throws AppError `cancelled`, `not_found`, and where images or model cannot be used */
  readonly items: (request: SuggestRequest, signal: AbortSignal) => AsyncGenerator<SuggestItem>
}

/** Nothing was looked at yet. */
export function createSuggestions(): Suggester {
  let last: Seen | null = null
  return {
    items: async function* (request, signal) {
      const projects = createProjects()
      const { folder: directory } = folderChoiceOf(await projects.read(request.project))
      const labelsNow = async (): Promise<Labels> => projects.labels(request.project)
      const folder = await scanToLabel(directory, { signal })
      if (!request.ahead && kindsOf(applyLabels(folder, await labelsNow())).length < 2) {
        yield { type: 'done', suggestions: null }
        return
      }
      const key = JSON.stringify([
        directory,
        request.model,
        request.overrides,
        await stateOfModel(request.model),
      ])
      const seen =
        last !== null && last.key === key && isSame(last.folder, folder)
          ? last
          : yield* examine(directory, key, signal)
      last = seen
      const labels = await labelsNow()
      for (const part of partsOf(seen, labels)) {
        yield* look(seen, part, request, signal)
        const suggestions = await suggestionsOf(seen, labels, signal)
        if (suggestions !== null && suggestions.remaining > 0) yield { type: 'some', suggestions }
      }
      // What was labelled meanwhile counts.
      yield { type: 'done', suggestions: await suggestionsOf(seen, await labelsNow(), signal) }
    },
  }
}

function isSame(a: DataFolder, b: DataFolder): boolean {
  return (
    a.root === b.root &&
    a.images.length === b.images.length &&
    a.images.every(({ path }, index) => path === b.images[index]?.path)
  )
}

async function* examine(
  directory: string,
  key: string,
  signal: AbortSignal,
): AsyncGenerator<SuggestItem, Seen> {
  const examined = yield* withProgress<SuggestItem, ExaminedData>(async (report) =>
    examineData(directory, {
      signal,
      labels: noLabels,
      onProgress: ({ done, total }) => report({ type: 'progress', stage: 'checking', done, total }),
    }),
  )
  const { images, aside } = judge(examined, { labels: noLabels })
  return { key, folder: at(examined.folders, 0).folder, images: [...images, ...aside], rows: new Map() }
}

// The first part takes seconds on a processor.
const firstPart = 256
const seed = 0

/**
 * The images that were not looked at yet: first those with a label and a few others from everywhere, then more and more,
 * so that suggestions come early and the model is not opened often.
 */
function partsOf({ folder, images, rows }: Seen, labels: Labels): CheckedImage[][] {
  const isLabelled = new Set(
    applyLabels(folder, labels)
      .images.filter(isUsed)
      .map(({ path }) => path),
  )
  const missing = shuffled(
    images.filter(({ path }) => !rows.has(path)),
    createRandom(seed),
  )
  const ordered = [
    ...missing.filter(({ path }) => isLabelled.has(path)),
    ...missing.filter(({ path }) => !isLabelled.has(path)),
  ]
  const parts: CheckedImage[][] = []
  for (let start = 0, size = firstPart; start < ordered.length; start += size, size = 2 * start)
    parts.push(ordered.slice(start, start + size))
  return parts
}

function isUsed({ label, said }: ImageEntry): boolean {
  return label !== noLabel && said?.leftOut !== true
}

async function* look(
  { folder: { root }, images, rows }: Seen,
  part: readonly CheckedImage[],
  request: SuggestRequest,
  signal: AbortSignal,
): AsyncGenerator<SuggestItem, void> {
  const { engine } = await chosenEngine(kindOf(request.device))
  const cache = await openCache(defaultCacheDirectory(), { onWarning: log })
  const known = rows.size
  const features = frozenFeatures(
    await openFrozen(request.model, request.overrides),
    [{ root, images: part }],
    {
      engine,
      cache,
      signal,
    },
  )
  const [found] = yield* retold(features, ({ done }): SuggestItem => ({
    type: 'progress',
    stage: 'looking',
    done: known + done,
    total: images.length,
  }))
  for (const [index, { path }] of part.entries()) rows.set(path, found?.rows[index] ?? null)
}

/** Indices of the classes with a few labelled images. */
function kindsOf({ classes, images }: DataFolder): number[] {
  const counts = new Array<number>(classes.length).fill(0)
  for (const image of images) if (isUsed(image)) counts[image.label] = at(counts, image.label) + 1
  return [...classes.keys()].filter((label) => at(counts, label) >= fewestLabelled)
}

/** Suggestions for the images that were looked at; null where too few are labelled. */
async function suggestionsOf(seen: Seen, labels: Labels, signal: AbortSignal): Promise<Suggestions | null> {
  const folder = applyLabels(seen.folder, labels)
  const known: LabelledFeatures[] = []
  const asked: { readonly path: string; readonly row: Float32Array }[] = []
  const places = new Map(kindsOf(folder).map((label, place) => [label, place]))
  for (const image of folder.images) {
    const row = seen.rows.get(image.path)
    if (row === undefined || row === null || image.said?.leftOut === true) continue
    const place = places.get(image.label)
    if (place !== undefined) known.push({ image: { path: image.path, label: place }, row })
    else if (image.label === noLabel) asked.push({ path: image.path, row })
  }
  const isEach = new Set(known.map(({ image }) => image.label)).size === places.size
  if (places.size < 2 || !isEach) return null
  const others = asked.map(({ row }) => row)
  const suggester = await fitSuggester(known, others, places.size, signal)
  const found = await suggest(suggester, others, signal)
  throwIfCancelled(signal)
  const order = [...asked.keys()].sort((a, b) => at(found, a).margin - at(found, b).margin)
  return {
    classes: [...places.keys()].map((label) => at(folder.classes, label)),
    root: folder.root,
    paths: order.map((index) => at(asked, index).path).join('//'),
    labels: toSignedBytes(order.map((index) => at(found, index).label)),
    probabilities: toFloatBytes(order.map((index) => at(found, index).probability)),
    judged: suggester.judged,
    remaining: seen.images.length - seen.rows.size,
  }
}
