/**
 * @file Where the weights are inside a PyTorch checkpoint: training scripts nest them in many ways, among many other
 * things.
 */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { PickleObject, type PickleValue } from './pickle.ts'
import { quoted } from './words.ts'

// Averaged weights come first, as timm's own loader prefers them; of DINO's two networks the teacher is the better.
const preferredKeys = [
  'state_dict_ema',
  'ema_state_dict',
  'model_ema',
  'ema',
  'state_dict',
  'model_state_dict',
  'model_state',
  'model',
  'teacher',
  'student',
  'module',
  'backbone',
  'encoder',
  'net',
  'network',
  'weights',
  'params',
]

const deepestNesting = 4

/** A dictionary with tensors in it, and the keys that lead there. */
interface Candidate<T> {
  readonly tensors: Map<string, T>
  readonly trail: readonly string[]
}

/**
 * The dictionary of tensors inside an unpickled checkpoint, and a note where it was found when it was not at the top.
 * Of several, the innermost, in the usual order of preference, that has more than half as many tensors as the largest:
 * a loss, a counter or the state of a random generator does not qualify.
 *
 * @throws AppError `invalid_input` when there is none
 */
export function findWeights<T>(
  value: PickleValue,
  isTensor: (value: PickleValue) => value is T,
  path: string,
): { tensors: Map<string, T>; notes: Sentence[] } {
  const candidates = collect(value, isTensor, [], new Set())
  const most = candidates.reduce((largest, { tensors }) => Math.max(largest, tensors.size), 0)
  const found = candidates.find(({ tensors }) => 2 * tensors.size > most)
  if (found === undefined) throw noWeights(value, path)
  const trail = found.trail.join(' → ')
  return {
    tensors: found.tensors,
    notes: trail === '' ? [] : [say`The weights come from ${quoted(trail)} inside the file.`],
  }
}

/** Every dictionary with tensors, the preferred first; each is looked into once, so that cycles end. */
function collect<T>(
  value: PickleValue,
  isTensor: (value: PickleValue) => value is T,
  trail: readonly string[],
  seen: Set<PickleValue>,
): Candidate<T>[] {
  if (trail.length > deepestNesting || seen.has(value)) return []
  seen.add(value)
  const dict = value instanceof PickleObject ? (value.items ?? moduleTensors(value, isTensor, seen)) : value
  if (!(dict instanceof Map)) return []
  const tensors = new Map<string, T>()
  for (const [key, item] of dict) if (typeof key === 'string' && isTensor(item)) tensors.set(key, item)
  const own = tensors.size === 0 ? [] : [{ tensors, trail }]
  const inner = orderedKeys(dict).flatMap((key) => collect(dict.get(key), isTensor, [...trail, key], seen))
  return [...inner, ...own]
}

const deepestModule = 32

/**
 * The tensors of a whole module, by the names that its state_dict() has for them: of one that PyTorch saved by its class,
 * or of one that TorchScript saved as a program. The class is not looked at; nothing of it runs. What several modules
 * share belongs to the first of them.
 */
function moduleTensors<T>(
  module: PickleObject,
  isTensor: (value: PickleValue) => value is T,
  seen: Set<PickleValue>,
): Map<string, T> | null {
  const tensors = new Map<string, T>()
  const visit = (object: PickleObject, prefix: string, depth: number): void => {
    if (depth > deepestModule) return
    for (const part of partsOf(object)) {
      if (seen.has(part)) continue
      seen.add(part)
      for (const [name, value] of part) {
        if (typeof name !== 'string') continue
        if (isTensor(value)) tensors.set(prefix + name, value)
        else if (value instanceof PickleObject) visit(value, `${prefix}${name}.`, depth + 1)
      }
    }
  }
  visit(module, '', 0)
  return tensors.size === 0 ? null : tensors
}

type Part = ReadonlyMap<PickleValue, PickleValue>

/** What a module of PyTorch keeps in three dictionaries, and one of TorchScript as attributes. */
function partsOf({ attributes }: PickleObject): readonly Part[] {
  if (attributes?.has('_modules') !== true) return attributes === null ? [] : [attributes]
  return ['_parameters', '_buffers', '_modules'].flatMap((name) => {
    const part = attributes.get(name)
    return part instanceof Map ? [part as Part] : []
  })
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

function noWeights(value: PickleValue, path: string): AppError {
  const advice = say`Save the model's state_dict() and open that file.`
  const name = basename(path)
  if (value instanceof PickleObject) {
    return new AppError(
      'unsupported',
      say`${name} holds a Python object of type ${quoted(value.type)} instead of a dictionary of weights. ${advice}`,
      { type: value.type },
    )
  }
  return new AppError(
    'invalid_input',
    say`${name} holds no weights: no dictionary of tensors was found in it. ${advice}`,
  )
}
