/** @file `fewshot`: how well models would do on someone's images, in seconds and before any training. */
import type { Command } from 'commander'

import { AppError, throwIfCancelled } from '../../errors.ts'
import type { ImageCache } from '../../data/cache.ts'
import { checkData } from '../../data/check.ts'
import { sentencesOf } from '../../data/finding-sentences.ts'
import type { FramingChoice } from '../../data/framing-choice.ts'
import { chooseEngine } from '../../engine/devices.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CheckpointOverrides } from '../../files/checkpoint.ts'
import { planFewShot, type FewShotPlan } from '../../train/probe/few-shot-plan.ts'
import {
  hardestClasses,
  previewModel,
  suitability,
  type FewShotResult,
} from '../../train/probe/few-shot-preview.ts'
import { openModel } from '../../train/model/open-model.ts'
import type { Cli } from './cli.ts'
import { modelPath } from './model-path.ts'
import { openUserCache } from './open-cache.ts'
import { engineOption, numberOption, wholeNumbersOption, type EngineChoice } from './options.ts'
import { framingOption } from './training-options.ts'
import { addOverrideOptions, overridesOf, type OverrideOptions } from './overrides.ts'
import { followWork, type Reporter } from './report.ts'
import { printSkipped, printWarnings } from './data-output.ts'
import { countOf, duration, percent, table } from './text.ts'

interface FewshotCommand extends OverrideOptions {
  readonly model: readonly string[]
  readonly data: string
  readonly val?: string
  readonly shots: readonly number[]
  readonly seeds: number
  readonly tests: number
  readonly framing: FramingChoice
  readonly engine: EngineChoice
}

const example = 'npm run -s studio -- fewshot --model build/starter vit.safetensors --data photos'

/** Adds `fewshot`. */
export function addFewshot(program: Command, cli: Cli): void {
  const command = program
    .command('fewshot')
    .description('estimate, before any training, how well models would do on a folder of images')
    .requiredOption(
      '--model <path...>',
      'one or more models: checkpoints, exports, runs or ids of downloaded models',
    )
    .requiredOption('--data <dir>', 'folder with one folder of images per class')
    .option('--val <dir>', 'folder of images to test on (default: a fifth of the images)')
    .addOption(
      wholeNumbersOption('--shots <list>', 'images per class to learn from, for each of several tries', {
        min: 1,
        max: 1000,
      }).default([1, 5, 10, 25], '1,5,10,25'),
    )
    .addOption(
      numberOption('--seeds <n>', 'random draws of these images', { whole: true, min: 1, max: 100 }).default(
        3,
      ),
    )
    .addOption(
      numberOption('--tests <n>', 'most images to test on, taken evenly from all classes', {
        whole: true,
        min: 1,
        max: 1_000_000,
      }).default(1000),
    )
    .addOption(framingOption())
    .addOption(engineOption())
    .addHelpText('after', `\nExample:\n  ${example}`)
  addOverrideOptions(command).action(async (options: FewshotCommand) => run(cli, options))
}

/** What every model is probed with. */
interface Tools {
  readonly engine: Engine
  readonly cache: ImageCache
  readonly plan: FewShotPlan
  readonly overrides: CheckpointOverrides
  readonly framing: FramingChoice
}

async function run(cli: Cli, options: FewshotCommand): Promise<void> {
  const { report, signal } = cli
  const overrides = overridesOf(options)
  const check = followWork(report, 'Checking images')
  const checked = await checkData(options.data, {
    signal,
    validationDirectory: options.val,
    onProgress: ({ done, total }) => check(done, total),
  })
  printSkipped(report, [...checked.bad, ...(checked.validation?.bad ?? [])])
  printWarnings(report, sentencesOf(checked.findings))
  const plan = planFewShot(checked, {
    shots: options.shots,
    seeds: options.seeds,
    validationSplit: 0.2,
    mostTraining: Infinity,
    mostTests: options.tests,
  })
  printPlan(report, plan)
  const { engine } = await chooseEngine(options.engine)
  const tools = { engine, cache: await openUserCache(report), plan, overrides, framing: options.framing }
  const results = await previewAll(cli, options.model, tools)
  printBest(report, results)
}

interface ModelResult extends FewShotResult {
  readonly model: string
}

/** One model after the other, so that only one is in memory; a model that fails does not stop those after it. */
async function previewAll(cli: Cli, models: readonly string[], tools: Tools): Promise<ModelResult[]> {
  const { report, signal } = cli
  const results: ModelResult[] = []
  for (const path of models) {
    throwIfCancelled(signal)
    try {
      const result = { model: path, ...(await preview(cli, path, tools)) }
      printResult(report, result, tools.plan)
      results.push(result)
    } catch (thrown) {
      const error = AppError.from(thrown)
      if (models.length === 1 || error.code === 'cancelled' || error.code === 'internal') throw thrown
      report.line(`${path}  left out: ${error.message}`)
      report.record({ type: 'failed', model: path, code: error.code, message: error.message })
    }
  }
  if (results.length > 0) return results
  throw new AppError('invalid_input', 'None of the models could be used; see above for the reasons.')
}

async function preview(
  { report, signal }: Cli,
  path: string,
  { engine, cache, plan, overrides, framing }: Tools,
): Promise<FewShotResult> {
  const model = await openModel(await modelPath(path), overrides)
  return previewModel(model, plan, {
    engine,
    cache,
    framing,
    signal,
    onProgress: followWork(report, 'Looking at images'),
  })
}

function printPlan(
  report: Reporter,
  { classes, training, tests, heldOut, shots, orders }: FewShotPlan,
): void {
  const part = tests.images.length === heldOut ? '' : ` of ${heldOut}`
  report.line(
    `Learning from ${shots.join(', ')} images of each of ${classes.length} classes, ` +
      `${countOf(orders.length, 'draw')}; tested on ${tests.images.length}${part} held-out images.`,
  )
  report.record({
    type: 'start',
    classes,
    shots,
    seeds: orders.length,
    training: training.images.length,
    tests: tests.images.length,
    heldOut,
  })
}

const mostHard = 5

function printResult(report: Reporter, result: ModelResult, { classes }: FewShotPlan): void {
  const known = result.computed === 0 ? ', using remembered features' : ''
  report.line(`${result.model}  (${duration(result.seconds)}${known})`)
  const rows = result.shots.map(({ shots, accuracy, spread }) => [
    shots,
    shots === 1 ? 'image per class ' : 'images per class',
    percent(accuracy),
    spread === null ? '' : `± ${percent(spread)}`,
  ])
  report.line(table(rows))
  printHard(report, result, classes)
  report.record({ type: 'result', ...result })
}

/** The hardest classes, each with what it is most often mistaken for. */
function printHard(report: Reporter, result: ModelResult, classes: readonly string[]): void {
  const rows = hardestClasses(result, mostHard).map((label) => {
    const guesses = (result.confusion[label] ?? []).map((count, guess) => ({ count, guess }))
    const wrong = guesses.filter(({ guess }) => guess !== label).sort((a, b) => b.count - a.count)
    const taken = `most often mistaken for ${classes[wrong[0]?.guess ?? label] ?? ''}`
    return [classes[label] ?? '', percent(result.perClass[label]?.accuracy ?? null), taken]
  })
  if (rows.length > 0) report.line(`  Hardest classes:\n${table(rows)}`)
}

function printBest(report: Reporter, results: readonly ModelResult[]): void {
  const found = suitability(results)
  const nameOf = (index: number): string => results[index]?.model ?? ''
  const best = found === null ? null : nameOf(found.best)
  const alike = (found?.alike ?? []).map(nameOf)
  if (results.length > 1 && best !== null) {
    const others = alike.length === 0 ? '' : `; ${alike.join(', ')} within its spread`
    report.line(`Suits these images best: ${best}${others}`)
  }
  report.record({ type: 'done', best, alike, results })
}
