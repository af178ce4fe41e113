/** @file `pretrain`: trains a network from scratch on pictures of formulas that are rendered on the fly. */
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { chooseEngine } from '../../engine/devices.ts'
import { beginPretraining, resumePretraining, type PretrainRequest } from '../../pretrain/begin.ts'
import type { Renderer } from '../../pretrain/formula-source.ts'
import { saveNetwork } from '../../pretrain/network.ts'
import { rendererEntry } from '../../studio/assets.ts'
import { readBest } from '../../train/run/checkpoint-files.ts'
import { readFormulaData } from '../../train/run/run-folder.ts'
import { sentenceOfNote } from '../../train/run/run-note.ts'
import type { FormulaData, RunRecord } from '../../train/run/run-record.ts'
import type { RunToTrain } from '../../train/session.ts'
import { train } from '../../train/trainer.ts'
import type { Cli } from './cli.ts'
import { printEvent } from './finetune-output.ts'
import { engineOption, numberOption, type EngineChoice } from './options.ts'
import type { Reporter } from './report.ts'
import {
  continueOn,
  differencesBetween,
  givenOptions,
  printNote,
  type OnEngine,
  type Shown,
} from './resume.ts'

interface PretrainOptions extends Omit<PretrainRequest, 'learningRate' | 'steps' | 'classSeed'> {
  readonly lr: number
  readonly steps?: number
  readonly engine: EngineChoice
  readonly resume?: boolean
}

const defaultSteps = 10_000
const classSeed = 1

/** Adds `pretrain`. */
export function addPretrain(program: Command, cli: Cli): void {
  const command = program
    .command('pretrain')
    .description('train a network from scratch on pictures rendered from formulas')
    .requiredOption('--out <dir>', 'folder for the pretraining run')
    .option('--from <dir>', 'start from the weights of this earlier pretraining run')
    .option('--resume', 'continue the pretraining run in --out, longer or shorter with --steps')
    .addOption(engineOption())
  addNumbers(command)
  command.action(async (options: PretrainOptions) => pretrain(cli, options, givenOptions(command)))
}

function addNumbers(command: Command): void {
  const options = [
    numberOption('--classes <n>', 'formula classes', { whole: true, min: 2 }).default(200),
    numberOption('--steps <n>', `optimisation steps (default ${defaultSteps})`, { whole: true, min: 1 }),
    numberOption('--batch <n>', 'pictures per step', { whole: true, min: 1 }).default(48),
    numberOption('--lr <x>', 'peak learning rate', { above: 0 }).default(3e-4),
    numberOption('--warmup <n>', 'steps of warm-up', { whole: true, min: 0 }).default(150),
    numberOption('--weight-decay <x>', 'decoupled weight decay', { min: 0 }).default(0.05),
    numberOption('--clip <x>', 'largest gradient norm; longer gradients are clipped', { above: 0 }).default(
      1,
    ),
    numberOption('--label-smoothing <x>', 'label smoothing: share of each target spread over all classes', {
      min: 0,
      max: 0.9,
    }).default(0),
    numberOption('--resolution <n>', 'side of the pictures in pixels', { whole: true, min: 1 }).default(112),
    numberOption('--width <n>', 'width of the network', { whole: true, min: 1 }).default(192),
    numberOption('--depth <n>', 'number of blocks', { whole: true, min: 1 }).default(6),
    numberOption('--heads <n>', 'attention heads', { whole: true, min: 1 }).default(3),
    numberOption('--patch <n>', 'side of a patch in pixels', { whole: true, min: 1 }).default(16),
    numberOption('--seed <n>', 'seed for weights and pictures', { whole: true, min: 0 }).default(1),
  ]
  for (const option of options) command.addOption(option)
}

async function pretrain(cli: Cli, options: PretrainOptions, explicit: ReadonlySet<string>): Promise<void> {
  const { report, signal } = cli
  const { run, choice } =
    options.resume === true ? await resume(cli, options, explicit) : await begin(options)
  const { record, directory } = run
  printStart(report, run)
  for await (const event of train(run, { engine: choice.engine, signal })) {
    if (event.type !== 'done') printEvent(report, event, run)
  }
  const network = join(directory, 'network')
  const { parameters } = await readBest(directory, record)
  await saveNetwork(network, record, parameters)
  report.record({ type: 'done', steps: record.settings.steps, run: directory, network })
  report.line(`Finished. The network is in ${network}; fine-tune it with: finetune --model ${network}`)
}

function printStart(report: Reporter, { record, progress }: RunToTrain): void {
  const { settings, classes, preprocessing, model } = record
  const { height: resolution } = preprocessing.resolution
  const { width, depth, heads, patch } = model.config
  const sizes = { width, depth, heads, patch, resolution, classes: classes.length }
  report.record({ type: 'start', ...sizes, ...settings, step: progress.step })
  report.line(
    `Pretraining on ${classes.length} formula classes at ${resolution} pixels, step ${progress.step} of ${settings.steps}.`,
  )
}

/** As many as there are processors besides the one that trains. */
function renderer(): Renderer {
  return { entry: rendererEntry(), workers: Math.max(1, availableParallelism() - 1) }
}

async function begin({
  lr: learningRate,
  steps = defaultSteps,
  ...options
}: PretrainOptions): Promise<OnEngine<RunToTrain>> {
  const choice = await chooseEngine(options.engine)
  const { engine, device } = choice
  const warmup = Math.min(options.warmup, steps - 1)
  const run = await beginPretraining(
    { ...options, classSeed, steps, learningRate, warmup },
    { engine: engine.kind, memoryMB: device.memoryMB, renderer: renderer() },
  )
  return { run, choice }
}

async function resume(
  { report }: Cli,
  options: PretrainOptions,
  explicit: ReadonlySet<string>,
): Promise<OnEngine<RunToTrain>> {
  const { out, steps } = options
  const run = await resumePretraining(out, steps, { renderer: renderer() })
  const formulas = await readFormulaData(out)
  for (const difference of differences(options, explicit, run.record, formulas)) printNote(report, difference)
  for (const found of run.notes) printNote(report, sentenceOfNote(found))
  return continueOn(report, run, explicit.has('engine') ? options.engine : undefined)
}

/** All but those that apply to a resumed pretraining. */
type RunOption = Exclude<keyof PretrainOptions, 'out' | 'steps' | 'engine' | 'resume'>

function differences(
  given: PretrainOptions,
  explicit: ReadonlySet<string>,
  { settings, model, preprocessing, classes }: RunRecord,
  { formulas }: FormulaData,
): string[] {
  const { batch, learningRate: lr, warmup, optimiser, clip, seed } = settings
  const { width, depth, heads, patch } = model.config
  const own: Record<RunOption, Shown> = {
    width,
    depth,
    heads,
    patch,
    batch,
    lr,
    warmup,
    clip,
    seed,
    from: model.source === '' ? undefined : model.source,
    classes: classes.length,
    resolution: preprocessing.resolution.height,
    weightDecay: optimiser.kind === 'adamw' ? optimiser.weightDecay : undefined,
    labelSmoothing: formulas.labelSmoothing,
  }
  const from = given.from === undefined ? undefined : resolve(given.from)
  return differencesBetween<RunOption>({ ...given, from }, own, explicit)
}
