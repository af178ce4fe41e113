/**
 * @file A pretraining run on disk: `pretraining.json` (what determines its numbers), `metrics.jsonl`,
 * `last.safetensors` (weights and optimiser, to continue). Every file is replaced in one step.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import { removeTemporaries, writeFileAtomic } from '../files/atomic.ts'
import { jsonFile, type JsonFile } from '../files/json-store.ts'
import { makeFolder } from '../files/make-folder.ts'
import { halfNormalisation } from '../files/family.ts'
import { openSafetensors } from '../files/safetensors-read.ts'
import { writeSafetensors } from '../files/safetensors-write.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import { sameShape, showShape, type Shape } from '../tensor/shape.ts'
import type { ModelGraphs } from '../train/graphs.ts'
import { plainVit } from '../vit/config.ts'
import { namedShapes, namedState, stateFrom, type PretrainingState } from './pretraining-step.ts'

/** Everything that determines the numbers of a pretraining run. */
export const PretrainingSettings = z.strictObject({
  width: z.int().positive(),
  depth: z.int().positive(),
  heads: z.int().positive(),
  patch: z.int().positive(),
  /** Side of the pictures in pixels. */
  resolution: z.int().positive(),
  /** Number of formula classes, and the seed of their formulas. */
  classes: z.int().min(2),
  classSeed: z.int().min(0),
  steps: z.int().positive(),
  batch: z.int().positive(),
  /** Peak rate. */
  learningRate: z.number().positive(),
  warmup: z.int().min(0),
  weightDecay: z.number().min(0),
  clip: z.number().positive(),
  labelSmoothing: z.number().min(0).max(0.9),
  /** Of the initial weights and of the pictures. */
  seed: z.int().min(0),
})
export type PretrainingSettings = z.output<typeof PretrainingSettings>

/** The current state of a pretraining run. */
export interface Pretraining {
  readonly directory: string
  readonly settings: PretrainingSettings
  /** Finished steps. */
  readonly step: number
  readonly state: PretrainingState
}

const files = { settings: 'pretraining.json', metrics: 'metrics.jsonl', last: 'last.safetensors' } as const

function settingsFile(directory: string): JsonFile<PretrainingSettings> {
  return jsonFile(join(directory, files.settings), PretrainingSettings, { indent: 2, sealed: true })
}

/** The network that settings describe: a plain ViT with a class token. */
export function pretrainingModel(settings: PretrainingSettings): ModelGraphs {
  const { width, depth, heads, patch, resolution, classes } = settings
  const side = resolution / patch
  if (!Number.isInteger(side) || !Number.isInteger(width / heads)) {
    throw new AppError(
      'invalid_input',
      `Pictures of ${resolution} pixels with patches of ${patch}, and a width of ${width} with ${heads} heads: ` +
        'both must divide evenly. Choose other values.',
    )
  }
  const config = plainVit({
    width,
    depth,
    heads,
    mlpWidth: 4 * width,
    patch,
    grid: { rows: side, columns: side },
    classes,
  })
  return { config, normalisation: halfNormalisation }
}

/**
 * Creates the folder of a new pretraining run.
 *
 * @throws AppError `invalid_input` when there is one already
 */
export async function createPretraining(
  directory: string,
  settings: PretrainingSettings,
  state: PretrainingState,
): Promise<Pretraining> {
  if (existsSync(join(directory, files.settings))) {
    const advice = 'Continue it with --resume, or choose another folder.'
    throw new AppError('invalid_input', `${directory} already contains a pretraining run. ${advice}`)
  }
  await makeFolder(directory)
  await writeFileAtomic(join(directory, files.metrics), '')
  await writeCheckpoint(directory, state, 0)
  await writeSettings(directory, settings)
  return { directory, settings, step: 0, state }
}

/** Removes what killed writers left behind. */
export async function removeLeftovers(directory: string): Promise<void> {
  await removeTemporaries(directory, Object.values(files))
}

/** Replaces the settings; the number of steps may change when a run is resumed. */
export async function writeSettings(directory: string, settings: PretrainingSettings): Promise<void> {
  await settingsFile(directory).write(settings)
}

/** Replaces the checkpoint. */
export async function writeCheckpoint(
  directory: string,
  state: PretrainingState,
  step: number,
): Promise<void> {
  const metadata = { step: String(step) }
  await writeSafetensors(join(directory, files.last), namedState(state), { metadata })
}

/**
 * A pretraining run at its last checkpoint.
 *
 * @throws AppError `not_found` when there is none in the folder
 */
export async function readPretraining(directory: string): Promise<Pretraining> {
  const settings = await settingsFile(directory).read()
  if (settings === null) {
    throw new AppError(
      'not_found',
      `There is no pretraining run in ${directory}: ${files.settings} is missing. Check the path.`,
    )
  }
  const file = await openSafetensors(join(directory, files.last))
  try {
    const tensors = new Map<string, FloatTensor>()
    for (const [name, shape] of namedShapes(pretrainingModel(settings))) {
      checkShape(file.path, name, file.tensors.get(name)?.shape, shape)
      tensors.set(name, await file.read(name))
    }
    const step = z.coerce.number().int().min(0).parse(file.metadata.get('step'))
    return { directory, settings, step, state: stateFrom(tensors, pretrainingModel(settings)) }
  } finally {
    await file.close()
  }
}

function checkShape(path: string, name: string, found: Shape | undefined, expected: Shape): void {
  if (found !== undefined && sameShape(found, expected)) return
  const actual = found === undefined ? 'is missing' : `has shape ${showShape(found)}`
  throw new AppError(
    'invalid_input',
    `${path}: ${name} ${actual}, expected ${showShape(expected)}. The checkpoint does not belong to these settings.`,
  )
}
