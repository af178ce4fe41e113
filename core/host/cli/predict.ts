/** @file `predict`: says what images show, on the screen, as JSON or in a CSV file. */
import type { FileHandle } from 'node:fs/promises'

import type { Command } from 'commander'

import { byteOrderMark, csvRow } from '../../csv.ts'
import { AppError } from '../../errors.ts'
import { writeWhole } from '../../files/atomic.ts'
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
    const counts = { images: 0, skipped: 0 }
    const start = performance.now()
    const predict = async (csv: FileHandle | null): Promise<void> =>
      predictAll(cli, predictor, candidates, options.top, csv, counts)
    await (options.csv === undefined ? predict(null) : writeWhole(options.csv, predict))
    printDone(cli.report, counts, (performance.now() - start) / 1000, options.csv)
  } finally {
    await predictor.dispose()
  }
}

interface Counts {
  images: number
  skipped: number
}

async function predictAll(
  { report, signal }: Cli,
  predictor: Predictor,
  candidates: readonly Candidate[],
  top: number,
  csv: FileHandle | null,
  counts: Counts,
): Promise<void> {
  const shown = Math.min(top, predictor.labels.length)
  await csv?.write(byteOrderMark + csvHeader(shown))
  for await (const prediction of predictFiles(predictor, candidates, { top, signal })) {
    if ('top' in prediction) counts.images++
    else counts.skipped++
    print(report, prediction)
    await csv?.write(csvLine(prediction, shown))
  }
  if (counts.images === 0) throw nothingPredicted(candidates.length)
}

function printDone(
  report: Reporter,
  { images, skipped }: Counts,
  seconds: number,
  csv: string | undefined,
): void {
  const rest = skipped === 0 ? '' : `, ${skipped} left out`
  report.line(`${countOf(images, 'image')}${rest}, ${brief(images / seconds)} images per second`)
  if (csv !== undefined) report.line(`Written to ${csv}`)
  report.record({ type: 'done', images, skipped, imagesPerSecond: images / seconds, csv: csv ?? null })
}

function nothingPredicted(files: number): AppError {
  if (files === 0) {
    const advice = 'Choose image files, or folders that contain some.'
    return new AppError('invalid_input', `There are no images in what was given. ${advice}`)
  }
  const what = files === 1 ? 'The file could not' : `None of the ${files} files could`
  return new AppError('invalid_input', `${what} be read as an image; see above for the reason.`)
}

function print(report: Reporter, prediction: Prediction): void {
  const { file } = prediction
  if ('reason' in prediction) {
    report.record({ type: 'skipped', path: file, reason: prediction.reason })
    report.line(plain(`${file}  left out: ${prediction.reason}`))
    return
  }
  report.record({ type: 'prediction', file, top: prediction.top })
  const guesses = prediction.top.map(({ label, probability }) => `${label} ${percent(probability)}`)
  report.line(plain(`${file}  ${guesses.join(', ')}`))
}

function csvHeader(top: number): string {
  const ranks = Array.from({ length: top }, (_, rank) => [`label_${rank + 1}`, `probability_${rank + 1}`])
  return csvRow(['file', ...ranks.flat(), 'problem'])
}

function csvLine(prediction: Prediction, top: number): string {
  if ('reason' in prediction) {
    return csvRow([prediction.file, ...Array.from({ length: 2 * top }, () => ''), prediction.reason])
  }
  const ranks = prediction.top.flatMap(({ label, probability }) => [label, probability.toFixed(6)])
  return csvRow([prediction.file, ...ranks, ''])
}
