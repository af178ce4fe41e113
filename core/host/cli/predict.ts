/** @file `predict`: says what images show, on the screen, as JSON or in a CSV file. */
import type { FileHandle } from 'node:fs/promises'

import type { Command } from 'commander'

import { byteOrderMark, csvRow } from '../../csv.ts'
import { AppError } from '../../errors.ts'
import { writeWhole } from '../../files/atomic.ts'
import { thresholdOf } from '../../train/evaluation/answering.ts'
import { isRunFolder, readRecord } from '../../train/run/run-folder.ts'
import { findImages, predictFiles, type Candidate, type Prediction } from '../../train/model/predict.ts'
import { openPredictor, type Predictor } from '../../train/model/predictor.ts'
import { engineForModel } from '../../studio/engine-choice.ts'
import type { Cli } from './cli.ts'
import { modelPath } from './model-path.ts'
import { inferenceBatch } from './evaluate.ts'
import { modelEngineOption, numberOption, type EngineChoice } from './options.ts'
import { addOverrideOptions, overridesOf, type OverrideOptions } from './overrides.ts'
import { plain } from '../../studio/printable.ts'
import type { Reporter } from './report.ts'
import { brief, countOf, percent } from './text.ts'
import { inEnglish } from '../../sentence.ts'

interface PredictCommand extends OverrideOptions {
  readonly model: string
  readonly top: number
  readonly csv?: string
  readonly engine?: EngineChoice
}

/** Adds `predict`. */
export function addPredict(program: Command, cli: Cli): void {
  const command = program
    .command('predict')
    .description('say what images show')
    .argument('<path...>', 'image files, and folders of them at any depth')
    .requiredOption('--model <path>', 'run, export, checkpoint or id of a downloaded model')
    .addOption(
      numberOption('--top <n>', 'classes listed for each image', {
        whole: true,
        min: 1,
        max: 100_000,
      }).default(5),
    )
    .option('--csv <file>', 'also write a table to this file')
    .addOption(modelEngineOption())
  addOverrideOptions(command).action(async (paths: string[], options: PredictCommand) =>
    run(cli, paths, options),
  )
}

async function run(cli: Cli, paths: readonly string[], options: PredictCommand): Promise<void> {
  const overrides = overridesOf(options)
  const model = await modelPath(options.model)
  const { engine } = await engineForModel(model, options.engine)
  const predictor = await openPredictor(model, engine, inferenceBatch, overrides)
  try {
    const candidates = await findImages(paths, cli.signal)
    const counts = { images: 0, skipped: 0, unsure: 0 }
    const unsureBelow = isRunFolder(model) ? thresholdOf((await readRecord(model)).answers) : null
    const start = performance.now()
    const predict = async (csv: FileHandle | null): Promise<void> =>
      predictAll(cli, predictor, candidates, { top: options.top, unsureBelow, csv, counts })
    await (options.csv === undefined ? predict(null) : writeWhole(options.csv, predict))
    printDone(cli.report, counts, (performance.now() - start) / 1000, options.csv)
  } finally {
    await predictor.dispose()
  }
}

interface Counts {
  images: number
  skipped: number
  unsure: number
}

interface Output {
  readonly top: number
  /** Answers with less probability are marked; null for a model that no threshold was chosen for. */
  readonly unsureBelow: number | null
  readonly csv: FileHandle | null
  readonly counts: Counts
}

async function predictAll(
  { report, signal }: Cli,
  predictor: Predictor,
  candidates: readonly Candidate[],
  { top, unsureBelow, csv, counts }: Output,
): Promise<void> {
  const shown = Math.min(top, predictor.labels.length)
  await csv?.write(byteOrderMark + csvHeader(shown))
  for await (const prediction of predictFiles(predictor, candidates, { top, signal })) {
    const unsure = isUnsure(prediction, unsureBelow)
    if ('top' in prediction) counts.images++
    else counts.skipped++
    if (unsure === true) counts.unsure++
    print(report, prediction, unsure)
    await csv?.write(csvLine(prediction, shown, unsure))
  }
  if (counts.images === 0) throw nothingPredicted(candidates.length)
}

/** Whether the answer is below the threshold; null where there is none. */
function isUnsure(prediction: Prediction, unsureBelow: number | null): boolean | null {
  if (unsureBelow === null || !('top' in prediction)) return null
  const [best] = prediction.top
  return best !== undefined && best.probability < unsureBelow
}

function printDone(
  report: Reporter,
  { images, skipped, unsure }: Counts,
  seconds: number,
  csv: string | undefined,
): void {
  const marked = unsure === 0 ? '' : `, ${unsure} unsure`
  const rest = skipped === 0 ? marked : `${marked}, ${skipped} left out`
  report.line(`${countOf(images, 'image')}${rest}, ${brief(images / seconds)} images per second`)
  if (csv !== undefined) report.line(`Written to ${csv}`)
  report.record({
    type: 'done',
    images,
    skipped,
    unsure,
    imagesPerSecond: images / seconds,
    csv: csv ?? null,
  })
}

function nothingPredicted(files: number): AppError {
  if (files === 0) {
    const advice = 'Choose image files, or folders that contain some.'
    return new AppError('invalid_input', `There are no images in what was given. ${advice}`)
  }
  const what = files === 1 ? 'The file could not' : `None of the ${files} files could`
  return new AppError('invalid_input', `${what} be read as an image; see above for the reason.`)
}

function print(report: Reporter, prediction: Prediction, unsure: boolean | null): void {
  const { file } = prediction
  if ('reason' in prediction) {
    const reason = inEnglish(prediction.reason)
    report.record({ type: 'skipped', path: file, reason })
    report.line(plain(`${file}  left out: ${reason}`))
    return
  }
  report.record({ type: 'prediction', file, top: prediction.top, unsure })
  const guesses = prediction.top.map(({ label, probability }) => `${label} ${percent(probability)}`)
  report.line(plain(`${file}  ${unsure === true ? 'unsure: ' : ''}${guesses.join(', ')}`))
}

function csvHeader(top: number): string {
  const ranks = Array.from({ length: top }, (_, rank) => [`label_${rank + 1}`, `probability_${rank + 1}`])
  return csvRow(['file', ...ranks.flat(), 'unsure', 'problem'])
}

function csvLine(prediction: Prediction, top: number, unsure: boolean | null): string {
  if ('reason' in prediction) {
    return csvRow([
      prediction.file,
      ...Array.from({ length: 2 * top + 1 }, () => ''),
      inEnglish(prediction.reason),
    ])
  }
  const ranks = prediction.top.flatMap(({ label, probability }) => [label, probability.toFixed(6)])
  const mark = unsure === null ? '' : unsure ? 'yes' : 'no'
  return csvRow([prediction.file, ...ranks, mark, ''])
}
