/** @file Opens whatever holds a model: a run, an export, a checkpoint. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { FramingChoice } from '../../data/framing-choice.ts'
import { frameAs, frameTo, type Preprocessing } from '../../data/preprocess.ts'
import { openCheckpoint, type CheckpointOverrides, type Pretrained } from '../../files/checkpoint.ts'
import { imageSizeOf } from '../../files/model-to-export.ts'
import { readAnswering } from '../run/checkpoint-files.ts'
import { adjustmentOf } from '../evaluation/held-out-answers.ts'
import { adjustHead, temperatureAlone } from '../evaluation/logit-adjustment.ts'
import { isRunFolder, readRecord, readRunData } from '../run/run-folder.ts'

/**
 * A model with its weights: the best of a run, or what a checkpoint or export holds.
 *
 * @throws AppError when it cannot be read, with what to do
 */
export async function openModel(path: string, overrides: CheckpointOverrides = {}): Promise<Pretrained> {
  if (!isRunFolder(path)) return openCheckpoint(path, overrides)
  refuseOverrides(path, overrides)
  return openRun(path)
}

/**
 * Makes sure that nothing is overridden of a model that itself records how it computes.
 *
 * @throws AppError `invalid_input`
 */
export function refuseOverrides(path: string, overrides: CheckpointOverrides): void {
  const given = Object.entries(overrides).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  if (given.length === 0) return
  const advice = say`Leave that out.`
  throw new AppError(
    'invalid_input',
    say`${path} itself says how its model computes, so ${given.join(', ')} cannot be overridden. ${advice}`,
    { given },
  )
}

/** The weights that a run answers with; temperature and fairness are in their head. */
async function openRun(directory: string): Promise<Pretrained> {
  const record = await readRecord(directory)
  const { model, classes, preprocessing, answers } = record
  const { parameters, heldOut } = await readAnswering(directory, record)
  const temperature = heldOut?.temperature ?? 1
  // Without fairness the images do not matter, and a run can be used without their list.
  const adjustment =
    answers.fairness === 0
      ? temperatureAlone({ temperature }, classes.length)
      : adjustmentOf(record, await readRunData(directory), temperature)
  return {
    path: directory,
    config: model.config,
    parameters: adjustHead(parameters, adjustment),
    normalisation: { mean: preprocessing.mean, std: preprocessing.std },
    positionResize: model.positionResize,
    framing: { resize: preprocessing.resize, kernel: preprocessing.kernel },
    scores: 'softmax',
    labels: classes,
    family: model.family,
    layout: 'timm',
    notes: model.notes,
  }
}

/** How images are prepared for training from a model, and for its features: whole ones as was chosen, else squashed. */
export function preprocessingOf(
  { config, normalisation }: Pick<Pretrained, 'config' | 'normalisation'>,
  framing: FramingChoice = 'squash',
): Preprocessing {
  return frameAs(framing, imageSizeOf(config), normalisation)
}

/** How images are prepared for a model as it is: as it was trained, or as its own files ask for. */
export function ownPreprocessing({
  config,
  normalisation,
  framing,
}: Pick<Pretrained, 'config' | 'normalisation' | 'framing'>): Preprocessing {
  return frameTo(imageSizeOf(config), normalisation, framing)
}

/** The class names of a model, or numbered ones if it has none. */
export function labelsOf({ labels, config }: Pick<Pretrained, 'labels' | 'config'>): readonly string[] {
  return labels ?? Array.from({ length: config.classes }, (_, index) => `class ${index}`)
}

/**
 * Makes sure that a model can classify.
 *
 * @throws AppError `invalid_input` when it has no head
 */
export function requireHead({ config, path }: Pretrained): void {
  if (config.classes > 0) return
  const advice = say`Fine-tune it first, or choose a model with a classification head.`
  throw new AppError(
    'invalid_input',
    say`${path} has no classification head, so it cannot name classes. ${advice}`,
  )
}
