/** @file Which image is trained on when. Everything follows from the labels, the seed and the position in the order. */
import { invariant } from '../errors.ts'
import { forkRandom, shuffled } from '../tensor/random.ts'
import { at } from '../tensor/shape.ts'
import type { Balance } from './balance.ts'

/** An image at a position in the order; `epoch` is how often it came before. */
export interface TrainingRow {
  readonly index: number
  readonly epoch: number
}

// Random streams separate from those of augmentation and replacement.
const orderStream = 0
const classStream = 3
const mixStream = 4

/**
 * The endless order of training over images with these labels: epochs of as many positions as there are images follow
 * one another, each in its own order. Where classes are balanced, an epoch holds some images more than once.
 */
export function trainingOrder(
  labels: readonly number[],
  seed: number,
  balance: Balance,
): (place: number) => TrainingRow {
  invariant(labels.length > 0, () => 'an order of no images')
  const epochOf = remembered(
    balance === 'none' ? plainEpochs(labels, seed) : balancedEpochs(labels, seed, balance),
  )
  return (place) => at(epochOf(Math.floor(place / labels.length)), place % labels.length)
}

type Epochs = (epoch: number) => readonly TrainingRow[]

/** The last two epochs are kept, since a batch may span two epochs. */
function remembered(make: Epochs): Epochs {
  const epochs = new Map<number, readonly TrainingRow[]>()
  return (epoch) => {
    const known = epochs.get(epoch)
    if (known !== undefined) return known
    const rows = make(epoch)
    epochs.set(epoch, rows)
    epochs.delete(epoch - 2)
    return rows
  }
}

function plainEpochs(labels: readonly number[], seed: number): Epochs {
  const all = labels.map((_, index) => index)
  return (epoch) => shuffled(all, forkRandom(seed, orderStream, epoch)).map((index) => ({ index, epoch }))
}

/** Every class has the same number of positions in every epoch and cycles through its own images, reshuffled each time. */
function balancedEpochs(labels: readonly number[], seed: number, balance: 'sqrt' | 'full'): Epochs {
  const classes = imagesByClass(labels)
  const places = placesOf(
    classes.map((images) => (balance === 'full' ? 1 : Math.sqrt(images.length))),
    labels.length,
  )
  return (epoch) => {
    const rows = classes.flatMap((images, label) => {
      const count = at(places, label)
      return roundsOf(images, epoch * count, count, (round) => forkRandom(seed, classStream, label, round))
    })
    return shuffled(rows, forkRandom(seed, mixStream, epoch))
  }
}

/** The images of each class that has some. */
function imagesByClass(labels: readonly number[]): number[][] {
  const classes = new Map<number, number[]>()
  for (const [index, label] of labels.entries()) {
    const images = classes.get(label)
    if (images === undefined) classes.set(label, [index])
    else images.push(index)
  }
  return [...classes.values()]
}

/** `total` positions divided in proportion to `shares`, at least one each; the largest remainders are rounded up. */
function placesOf(shares: readonly number[], total: number): number[] {
  const sum = shares.reduce((all, share) => all + share, 0)
  const exact = shares.map((share) => (share / sum) * (total - shares.length))
  const places = exact.map((value) => 1 + Math.floor(value))
  const left = total - places.reduce((all, count) => all + count, 0)
  const byRemainder = exact.map((value, label) => ({ label, rest: value - Math.floor(value) }))
  byRemainder.sort((a, b) => b.rest - a.rest)
  for (const { label } of byRemainder.slice(0, left)) places[label] = at(places, label) + 1
  return places
}

/** `count` images from position `from` of a class that is cycled through endlessly. */
function roundsOf(
  images: readonly number[],
  from: number,
  count: number,
  randomOf: (round: number) => Parameters<typeof shuffled>[1],
): TrainingRow[] {
  const orders = new Map<number, readonly number[]>()
  return Array.from({ length: count }, (_, step) => {
    const round = Math.floor((from + step) / images.length)
    const order = orders.get(round) ?? shuffled(images, randomOf(round))
    orders.set(round, order)
    return { index: at(order, (from + step) % images.length), epoch: round }
  })
}
