/** @file Everything known about a checkpoint before its values are read, and how a fact is looked up in it. */
import { say, type Sentence } from '../sentence.ts'
import type { Gelu, Normalisation, Pooling, PositionResize } from '../vit/config.ts'
import type { Declared } from './declared.ts'
import type { Layout } from './layout.ts'
import type { Listing, Measured } from './listing.ts'

/** What a person may set to override what was recognised. */
export interface CheckpointOverrides {
  readonly heads?: number | undefined
  readonly gelu?: Gelu | undefined
  readonly layerNormEpsilon?: number | undefined
  readonly normalisation?: Normalisation | undefined
  readonly positionResize?: PositionResize | undefined
  readonly pooling?: Pooling | undefined
}

/** Facts and the file that states them. */
export interface Source {
  readonly name: string
  readonly facts: Declared
}

/** Everything known about a checkpoint before its values are read. */
export interface Evidence {
  readonly layout: Layout
  readonly listing: Listing
  readonly measured: Measured
  /** Neighbouring files, the most trusted first. */
  readonly sources: readonly Source[]
  /** File and folder names, lower case. */
  readonly hints: readonly string[]
  readonly overrides: CheckpointOverrides
}

/** A value and where it came from. */
export interface Fact<T> {
  readonly value: T
  readonly from: Sentence
}

/** The first of the neighbouring files that states this. */
export function firstFact<K extends keyof Declared>(
  evidence: Evidence,
  key: K,
): Fact<NonNullable<Declared[K]>> | undefined {
  for (const { name, facts } of evidence.sources) {
    const value = facts[key]
    if (value !== undefined) return { value, from: say`as ${name} says` }
  }
  return undefined
}

/** What a person set, otherwise what is declared. */
export function chosen<T>(override: T | undefined, declared: Fact<T> | undefined): Fact<T> | undefined {
  return override === undefined ? declared : { value: override, from: say`as you set it` }
}
