/** @file Draws of parameters from a seeded generator, shared by every formula of the pretraining images. */
import { at } from '../tensor/shape.ts'
import { integer, uniform, type Random } from '../tensor/random.ts'

/** Uniform in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * uniform(random)
}

/** A whole number from `low` to `high`, both included. */
export function integerBetween(random: Random, low: number, high: number): number {
  return low + integer(random, high - low + 1)
}

/** True with this probability. */
export function chance(random: Random, probability: number): boolean {
  return uniform(random) < probability
}

/** One of the items, all equally likely. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return at(items, integer(random, items.length))
}

/** `value` changed by at most this fraction of itself, up or down. */
export function jitter(random: Random, value: number, fraction: number): number {
  return value * between(random, 1 - fraction, 1 + fraction)
}

/** `value` limited to [0, 1]. */
export function clamp01(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value
}
