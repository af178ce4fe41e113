/** @file `evaluate`: how good a model is on a folder of class folders. */
import type { Command } from 'commander'

import { evaluateFolder, type Evaluation } from '../../train/evaluation/evaluate.ts'
import { openPredictor } from '../../train/model/predictor.ts'
import { engineForModel } from '../../studio/engine-choice.ts'
import type { Cli } from './cli.ts'
import { modelPath } from './model-path.ts'
import { openUserCache } from './open-cache.ts'
import { modelEngineOption, type EngineChoice } from './options.ts'
import { addOverrideOptions, overridesOf, type OverrideOptions } from './overrides.ts'
import { followWork, type Reporter } from './report.ts'
import { printSkipped, printWarnings } from './data-output.ts'
import { brief, countOf, percent, table } from './text.ts'

interface EvaluateCommand extends OverrideOptions {
  readonly model: string
  readonly data: string
  readonly engine?: EngineChoice
}

/** Images per batch: beyond this nothing gets faster. */
export const inferenceBatch = 16

/** Adds `evaluate`. */
export function addEvaluate(program: Command, cli: Cli): void {
  const command = program
    .command('evaluate')
    .description('measure a model on images it was not trained on')
    .requiredOption('--model <path>', 'run, export, checkpoint or id of a downloaded model')
    .requiredOption('--data <dir>', 'folder of class folders, named like the classes of the model')
    .addOption(modelEngineOption())
  addOverrideOptions(command).action(async (options: EvaluateCommand) => run(cli, options))
}

async function run({ report, signal }: Cli, options: EvaluateCommand): Promise<void> {
  const overrides = overridesOf(options)
  const model = await modelPath(options.model)
  const { engine } = await engineForModel(model, options.engine)
  const predictor = await openPredictor(model, engine, inferenceBatch, overrides)
  try {
    const check = followWork(report, 'Checking images')
    const evaluation = await evaluateFolder(predictor, options.data, {
      cache: await openUserCache(report),
      signal,
      onCheck: ({ done, total }) => check(done, total),
      onProgress: followWork(report, 'Evaluating'),
    })
    print(report, evaluation)
  } finally {
    await predictor.dispose()
  }
}

function print(report: Reporter, evaluation: Evaluation): void {
  const { skipped, warnings, images, accuracy, accuracyInterval, loss, confusion, perClass } = evaluation
  printSkipped(report, skipped)
  printWarnings(report, warnings)
  const interval = accuracyInterval
  const range =
    interval === null ? '' : ` (95 % confidence: ${percent(interval.low)} to ${percent(interval.high)})`
  report.line(`Accuracy ${percent(accuracy)}${range}, loss ${brief(loss)}, ${countOf(images, 'image')}`)
  printClasses(report, evaluation)
  printMistakes(report, evaluation)
  const summary = {
    accuracy,
    accuracyInterval,
    loss,
    confusion,
    perClass,
    images,
    skipped: skipped.length,
    warnings,
  }
  report.record({ type: 'done', ...summary })
}

const mostClasses = 50

function printClasses(report: Reporter, { perClass }: Evaluation): void {
  const present = perClass.filter(({ support }) => support > 0)
  const rows = present
    .slice(0, mostClasses)
    .map(({ name, support, recall, precision }) => [
      name,
      support,
      countNoun(support),
      `recall ${percent(recall)}`,
      `precision ${percent(precision)}`,
    ])
  if (rows.length > 0) report.line(table(rows))
  if (present.length > mostClasses)
    report.line(`  … and ${present.length - mostClasses} more; --json lists all.`)
}

function countNoun(count: number): string {
  return count === 1 ? 'image' : 'images'
}

const mostMistakes = 5

/** The pairs of classes that are mistaken for each other most often. */
function printMistakes(report: Reporter, { confusion, perClass }: Evaluation): void {
  const mistakes = confusion.flatMap((row, truth) =>
    row.flatMap((count, guess) => (count === 0 || guess === truth ? [] : [{ truth, guess, count }])),
  )
  if (mistakes.length === 0) return
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  const rows = mistakes
    .sort((a, b) => b.count - a.count)
    .slice(0, mostMistakes)
    .map(({ truth, guess, count }) => [nameOf(truth), `mistaken for ${nameOf(guess)}`, count, `times`])
  report.line(`Most frequent mistakes:\n${table(rows)}`)
}
