/**
 * @file Where every photo is on the map, and which are nearest to it. Up to a number of photos UMAP lays out all of them;
 * beyond that a seeded sample, and each of the others goes beside the nearest of the sample, so that time and memory
 * grow no faster than the search for neighbours.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { createRandom, shuffled } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { layOutAside, type LayoutTools } from './layout-thread.ts'
import { nearestNeighbours, unitRows, type Neighbours, type SearchTools } from './neighbours.ts'

/** The map of n photos. */
export interface PhotoMap {
  /** [n, 2], the longer side from 0 to 1 and the shorter centred in it; y grows downwards. */
  readonly points: Float32Array<ArrayBuffer>
  /** How many of them UMAP laid out; the others are beside their nearest. */
  readonly laidOut: number
  /** In the whole of the features, not on the map. */
  readonly neighbours: Neighbours
}

/** What is being done; the last of them takes the time of UMAP. */
export type MapStage = 'neighbours' | 'layout'

export interface MapTools extends Pick<SearchTools, 'engine' | 'signal'>, Pick<LayoutTools, 'worker'> {
  readonly onProgress?: ((stage: MapStage, done: number, total: number) => void) | undefined
}

export interface MapOptions {
  readonly seed?: number | undefined
  /** Most photos that UMAP lays out itself. */
  readonly mostLaidOut?: number | undefined
}

/** Neighbours that are told of each photo. */
const toldNeighbours = 10
/** UMAP's usual number, itself not counted. */
const layoutNeighbours = 15
/** Of the sample, those beside which another photo goes. */
const besides = 5
const defaultMost = 5000

/** Fewer have no neighbours to speak of. */
const fewestPhotos = 4

/**
 * The map of feature vectors [n, D] of at least four photos, by cosine.
 *
 * @throws AppError `invalid_input` for fewer, `cancelled`, `out_of_memory`
 */
export async function mapPhotos(
  features: FloatTensor,
  tools: MapTools,
  options: MapOptions = {},
): Promise<PhotoMap> {
  const { seed = 0, mostLaidOut = defaultMost } = options
  const count = at(features.shape, 0)
  if (count < fewestPhotos) {
    throw new AppError(
      'invalid_input',
      say`A map needs at least ${fewestPhotos} photos that can be read, and there are ${count}.`,
    )
  }
  const rows = unitRows(features)
  const sample = sampleOf(count, mostLaidOut, seed)
  const isWhole = sample.length === count
  const search = {
    ...tools,
    onProgress: (done: number, total: number) => tools.onProgress?.('neighbours', done, total),
  }
  const layout = {
    ...tools,
    onProgress: (done: number, total: number) => tools.onProgress?.('layout', done, total),
  }
  const near = Math.min(layoutNeighbours, count - 2)
  const every = await nearestNeighbours(
    rows,
    rows,
    isWhole ? near : Math.min(toldNeighbours, near),
    itself,
    search,
  )
  const neighbours = firstOf(every, Math.min(toldNeighbours, near))
  if (isWhole) {
    return {
      points: framed(await layOutAside({ rows, neighbours: every, seed }, layout)),
      laidOut: count,
      neighbours,
    }
  }
  const sampled = pick(rows, sample)
  const within = await nearestNeighbours(sampled, sampled, layoutNeighbours, itself, search)
  const places = await layOutAside({ rows: sampled, neighbours: within, seed }, layout)
  const beside = await nearestNeighbours(rows, sampled, besides, () => undefined, search)
  return { points: framed(placedBeside(places, beside, sample)), laidOut: sample.length, neighbours }
}

const itself = (row: number): number => row

/** Indices of what is laid out, in order. */
function sampleOf(count: number, most: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: count }, (_, index) => index)
  if (count <= most) return all
  return Uint32Array.from(shuffled([...all], createRandom(seed)).slice(0, most)).sort()
}

function pick({ shape, data }: FloatTensor, indices: Uint32Array): FloatTensor {
  const width = at(shape, 1)
  const picked = new Float32Array(indices.length * width)
  for (const [place, index] of indices.entries()) {
    picked.set(data.subarray(index * width, (index + 1) * width), place * width)
  }
  return floatTensor([indices.length, width], picked)
}

function firstOf({ count, indices, similarities }: Neighbours, wanted: number): Neighbours {
  const kept = (_: number, place: number): boolean => place % count < wanted
  return { count: wanted, indices: indices.filter(kept), similarities: similarities.filter(kept) }
}

/** Each at the mean of the sample's photos nearest to it, the nearer the heavier; those of the sample at their own place. */
function placedBeside(
  places: Float32Array,
  beside: Neighbours,
  sample: Uint32Array,
): Float32Array<ArrayBuffer> {
  const { count, indices, similarities } = beside
  const points = new Float32Array((2 * indices.length) / count)
  for (let photo = 0; photo < points.length / 2; photo++) {
    let [x, y, sum] = [0, 0, 0]
    for (let i = photo * count; i < (photo + 1) * count; i++) {
      const weight = 1 / (1e-3 + Math.max(0, 1 - at(similarities, i)))
      x += weight * at(places, 2 * at(indices, i))
      y += weight * at(places, 2 * at(indices, i) + 1)
      sum += weight
    }
    points.set([x / sum, y / sum], 2 * photo)
  }
  for (const [place, photo] of sample.entries())
    points.set(places.subarray(2 * place, 2 * place + 2), 2 * photo)
  return points
}

/** In the unit square with the same scale for both axes, turned so that it is widest from left to right. */
function framed(places: Float32Array): Float32Array<ArrayBuffer> {
  const turned = turnedFlat(places)
  const low = [Infinity, Infinity]
  const high = [-Infinity, -Infinity]
  for (const [i, value] of turned.entries()) {
    low[i & 1] = Math.min(at(low, i & 1), value)
    high[i & 1] = Math.max(at(high, i & 1), value)
  }
  const size = Math.max(at(high, 0) - at(low, 0), at(high, 1) - at(low, 1)) || 1
  return Float32Array.from(
    turned,
    (value, i) => 0.5 + (value - (at(low, i & 1) + at(high, i & 1)) / 2) / size,
  )
}

/** Turned by the angle of the main axis of their scatter. */
function turnedFlat(places: Float32Array): Float64Array {
  const count = places.length / 2
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    x += at(places, 2 * i) / count
    y += at(places, 2 * i + 1) / count
  }
  for (let i = 0; i < count; i++) {
    const [dx, dy] = [at(places, 2 * i) - x, at(places, 2 * i + 1) - y]
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  const angle = Math.atan2(2 * xy, xx - yy) / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return Float64Array.from(places, (_, i) => {
    const [dx, dy] = [at(places, i & ~1) - x, at(places, i | 1) - y]
    return i % 2 === 0 ? dx * cos + dy * sin : dy * cos - dx * sin
  })
}
