/** @file What distinguishes a run from every other: its numbers follow from what is hashed here. */
import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

import type { Parameters } from '../../tensor/tensor.ts'
import type { FormulaData, RunData, RunRecord } from './run-record.ts'

/** Hashes of what a run was made from. */
export type RunIdentity = NonNullable<RunRecord['identity']>

/** The identity of a new run with these weights to start from. Two runs with the same one give the same numbers. */
export function identityOf(
  record: RunRecord,
  data: RunData | FormulaData,
  parameters: Parameters,
): RunIdentity {
  return identityFrom(record, { images: sumOfImages(data), weights: sumOfWeights(parameters) })
}

/** The identity of a record on these images and weights: that of the same run with other settings, once they are known. */
export function identityFrom(
  { settings, model, classes, preprocessing, augmentation }: RunRecord,
  { images, weights }: Pick<RunIdentity, 'images' | 'weights'>,
): RunIdentity {
  const { config, positionResize } = model
  // A run may be continued on another device.
  const lasting = { ...settings, engine: null }
  const all = {
    settings: lasting,
    config,
    positionResize,
    classes,
    preprocessing,
    augmentation,
    images,
    weights,
  }
  return { run: sumOf(all), images, weights }
}

/** The identity of a trial: of the run that it belongs to, with settings of its own. */
export function identityOfTrial({ settings, augmentation }: RunRecord, parent: RunIdentity): RunIdentity {
  return {
    ...parent,
    run: sumOf({ trialOf: parent.run, settings: { ...settings, engine: null }, augmentation }),
  }
}

/** A hash of the images of a run and how they are split; where their folder is does not count. */
export function sumOfImages(data: RunData | FormulaData): string {
  return sumOf('formulas' in data ? data.formulas : [data.training, data.validation])
}

/** A hash of the weights as used in computation, whatever file they came from. */
export function sumOfWeights(parameters: Parameters): string {
  let value = 0
  for (const [name, { data }] of [...parameters].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    value = crc32(name, value)
    value = crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), value)
  }
  return value.toString(16).padStart(8, '0')
}

/** The same for equal values: the order of an object's keys does not matter. */
function sumOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex').slice(0, 16)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
