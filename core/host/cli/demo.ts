/**
 * @file `demo`: the whole workflow in two minutes, from drawings to a model that recognises new ones, with nothing to
 * prepare.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'

import { AppError } from '../../errors.ts'
import { openCache } from '../../data/cache.ts'
import { writeSampleSet, type SampleSet } from '../../data/sample-set.ts'
import { chooseEngine, type ChosenEngine } from '../../engine/devices.ts'
import type { EvaluationEvent } from '../../train/events.ts'
import { ExportFormat, exportFormats } from '../../files/export-formats.ts'
import { exportRun } from '../../train/model/export.ts'
import { parameterCount } from '../../train/step/graphs.ts'
import { usualOptimiser } from '../../optim/optimisers.ts'
import { predictFiles, type LabelledGuess } from '../../train/model/predict.ts'
import { openPredictor } from '../../train/model/predictor.ts'
import { usualClip } from '../../train/recipe.ts'
import type { RunData } from '../../train/run/run-record.ts'
import { startRun, type FineTuneRequest, type FineTuneRun } from '../../train/start.ts'
import { train } from '../../train/trainer.ts'
import { starterFolder } from '../../studio/assets.ts'
import type { Cli } from './cli.ts'
import { printEvent } from './finetune-output.ts'
import { engineOption, type EngineChoice } from './options.ts'
import { bar, followWork } from './report.ts'
import { countOf, listed, millions, percent } from './text.ts'

interface DemoCommand {
  readonly keep?: string
  readonly engine: EngineChoice
}

/** Adds `demo`. */
export function addDemo(program: Command, cli: Cli): void {
  program
    .command('demo')
    .description('try everything on the sample pictures that come with the studio')
    .option('--keep <dir>', 'folder for everything it makes (default: a new temporary folder)')
    .addOption(engineOption())
    .action(async (given: DemoCommand) => runDemo(cli, given))
}

async function runDemo(cli: Cli, { keep, engine }: DemoCommand): Promise<void> {
  if (keep !== undefined) return inFolder(cli, keep, engine)
  const folder = await mkdtemp(join(tmpdir(), 'vit-studio-demo-'))
  try {
    return await inFolder(cli, folder, engine)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (AppError.from(error).code !== 'cancelled') throw error
    throw new AppError('cancelled', 'Stopped; nothing was kept.')
  }
}

async function inFolder(cli: Cli, folder: string, engine: EngineChoice): Promise<void> {
  const set = await drawPictures(cli, join(folder, 'pictures'))
  await demonstrate(cli, { set, folder, engine, starter: starterFolder(), steps: demoSteps })
}

// About a minute on two processor cores.
const demoSteps = 240
const demoBatch = 32
const demoRate = 0.03

/** What the demonstration works on. */
export interface Demonstration {
  readonly set: SampleSet
  /** Receives the folders `run` and `export`. */
  readonly folder: string
  /** The pretrained network. */
  readonly starter: string
  readonly engine: EngineChoice
  readonly steps: number
}

/** Fine-tunes, evaluates, exports and predicts, and says in plain words what happens. */
export async function demonstrate(cli: Cli, demonstration: Demonstration): Promise<void> {
  const { report, signal } = cli
  const { set, folder } = demonstration
  const choice = await chooseEngine(demonstration.engine)
  const run = await begin(cli, demonstration, choice)
  const before = 1 / run.record.classes.length
  printStart(cli, run, choice, before)
  const cache = await openCache(join(folder, 'cache'))
  let best: EvaluationEvent | null = null
  for await (const event of train(run, { engine: choice.engine, cache, signal })) {
    if (event.type === 'evaluation' && event.best) best = event
    if (event.type !== 'done') printEvent(report, event, run)
  }
  const after = best?.accuracy ?? null
  const interval = best?.accuracyInterval ?? null
  const range =
    interval === null ? '' : ` (95 % confidence: ${percent(interval.low)} to ${percent(interval.high)})`
  report.line(`\nBefore: ${percent(before)} correct, by guessing. After: ${percent(after)}${range}.`)
  const exported = await exportAll(cli, run, folder, choice)
  await predictSome(cli, run, choice)
  printEnd(cli, set, run, join(folder, 'export'))
  report.record({ type: 'done', before, after, interval, exported, folder, run: run.directory })
}

async function drawPictures({ report, signal }: Cli, folder: string): Promise<SampleSet> {
  report.line('Drawing the sample pictures: emoji in five classes, by two designers.')
  const follow = followWork(report, 'Drawing')
  return writeSampleSet(folder, { signal, onProgress: follow })
}

async function begin(
  { report, signal }: Cli,
  demonstration: Demonstration,
  choice: ChosenEngine,
): Promise<FineTuneRun> {
  const { set, folder, starter, steps } = demonstration
  const request: FineTuneRequest = {
    model: starter,
    data: set.train,
    validation: set.test,
    validationSplit: 0,
    out: join(folder, 'run'),
    preset: 'quick',
    steps,
    batch: demoBatch,
    learningRate: demoRate,
    optimiser: usualOptimiser,
    clip: usualClip,
    augment: 'flip',
    positionResize: 'auto',
    seed: 1,
  }
  const follow = followWork(report, 'Checking images')
  return startRun(request, {
    engine: choice.engine.kind,
    memoryMB: choice.device.memoryMB,
    signal,
    onProgress: ({ done, total }) => follow(done, total),
  })
}

function printStart(
  { report }: Cli,
  { record, data }: FineTuneRun,
  { device }: ChosenEngine,
  before: number,
): void {
  const { model, classes, settings } = record
  report.record({
    type: 'start',
    classes,
    training: data.training.length,
    validation: data.validation.length,
    before,
  })
  report.line(
    `The network: a small Vision Transformer (${millions(parameterCount(model.config))} parameters) that was trained on\n` +
      'pictures of mathematical formulas alone. It has never seen a photo or a drawing.\n' +
      `Its task: ${listed(classes)}. It learns from ${data.training.length} drawings by one designer and is tested on\n` +
      `${data.validation.length} by another, which it never learns from. So far it can only guess: ${percent(before)} correct.\n` +
      `Training: ${countOf(settings.steps, 'step')} of ${settings.batch} pictures on ${device.name} (${device.kind}).`,
  )
}

async function exportAll(
  { report, signal }: Cli,
  run: FineTuneRun,
  folder: string,
  { engine }: ChosenEngine,
): Promise<string[]> {
  const cache = await openCache(join(folder, 'cache'))
  const tools = { engine, cache, signal }
  const { exported, verified } = await exportRun(
    run.directory,
    ExportFormat.options,
    join(folder, 'export'),
    tools,
  )
  const { maxLogitDifference, images } = verified
  report.record({ type: 'export', exported, verified })
  report.line(
    `\nExported as ${listed(exported.map(({ format }) => exportFormats[format]))}. Each was opened again and computes the same:\n` +
      `on ${countOf(images, 'picture')} no output differs by more than ${maxLogitDifference.toExponential(1)}.`,
  )
  return exported.map(({ path }) => path)
}

async function predictSome(
  { report, signal }: Cli,
  run: FineTuneRun,
  { engine }: ChosenEngine,
): Promise<void> {
  const { classes } = run.record
  report.line('\nThree drawings it did not learn from:')
  const chosen = chooseThree(run.data, classes.length)
  const predictor = await openPredictor(run.directory, engine, chosen.length)
  try {
    const files = chosen.map(({ path }) => ({ file: join(run.data.validationRoot, path) }))
    for await (const prediction of predictFiles(predictor, files, { top: 3, signal })) {
      report.record({ type: 'prediction', ...prediction })
      report.line(`  ${prediction.file.slice(run.data.validationRoot.length + 1)}`)
      if ('top' in prediction) report.line(prediction.top.map(guessLine).join('\n'))
    }
  } finally {
    await predictor.dispose()
  }
}

/** The middle picture of three classes, spread over all. */
function chooseThree({ validation }: RunData, classes: number): RunData['validation'] {
  const labels = new Set([0, Math.floor(classes / 2), classes - 1])
  return [...labels].flatMap((label) => {
    const images = validation.filter((image) => image.label === label)
    return images.slice(Math.floor(images.length / 2)).slice(0, 1)
  })
}

function guessLine({ label, probability }: LabelledGuess): string {
  return `    ${bar(probability, 1)} ${percent(probability).padStart(7)}  ${label}`
}

function printEnd({ report }: Cli, { test }: SampleSet, { directory }: FineTuneRun, exports: string): void {
  report.line(
    `\nThe run is in ${directory}\n` +
      `the exports are in ${exports}\n` +
      '\nNext, try it yourself:\n' +
      `  npm run -s studio -- predict --model ${directory} ${test}\n` +
      '  npm run -s studio -- finetune --model build/starter --data YOUR_FOLDER --out my-run\n' +
      'YOUR_FOLDER contains one folder of photos for each class.',
  )
}
