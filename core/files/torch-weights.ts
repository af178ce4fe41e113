/** @file Where the weights lie inside a PyTorch checkpoint: training scripts nest them in many ways. */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import type { PickleValue } from './pickle.ts'

// Averaged weights come first, as timm's own loader prefers them; of DINO's two networks the teacher is the better.
const preferredKeys = [
  'state_dict_ema',
  'model_ema',
  'state_dict',
  'model',
  'teacher',
  'student',
  'module',
  'backbone',
  'encoder',
  'net',
  'weights',
  'params',
]

const deepestNesting = 4

/**
 * The dict of tensors inside an unpickled checkpoint, and a note where it was found when it was not at the top.
 *
 * @throws AppError `invalid_input` when there is none
 */
export function findWeights<T>(
  value: PickleValue,
  isTensor: (value: PickleValue) => value is T,
  path: string,
): { tensors: Map<string, T>; notes: string[] } {
  const found = search(value, isTensor, [])
  if (found === undefined) {
    throw new AppError(
      'invalid_input',
      `${basename(path)} holds no weights: no dictionary of tensors was found in it. Save the model's state_dict() and open that file.`,
    )
  }
  const trail = found.trail.join(' → ')
  return {
    tensors: found.tensors,
    notes: trail === '' ? [] : [`The weights come from “${trail}” inside the file.`],
  }
}

function search<T>(
  value: PickleValue,
  isTensor: (value: PickleValue) => value is T,
  trail: readonly string[],
): { tensors: Map<string, T>; trail: readonly string[] } | undefined {
  if (!(value instanceof Map) || trail.length > deepestNesting) return undefined
  const tensors = new Map<string, T>()
  for (const [key, item] of value) if (typeof key === 'string' && isTensor(item)) tensors.set(key, item)
  if (tensors.size > 0) return { tensors, trail }
  for (const key of orderedKeys(value)) {
    const found = search(value.get(key), isTensor, [...trail, key])
    if (found !== undefined) return found
  }
  return undefined
}

// An optimiser's state holds tensors too, shaped like the weights.
function orderedKeys(dict: ReadonlyMap<unknown, unknown>): string[] {
  const keys = [...dict.keys()].filter(
    (key): key is string => typeof key === 'string' && !key.startsWith('optim'),
  )
  return keys.toSorted((a, b) => rank(a) - rank(b))
}

function rank(key: string): number {
  const place = preferredKeys.indexOf(key)
  return place < 0 ? preferredKeys.length : place
}
