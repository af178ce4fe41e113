/** @file `pretrain`: trains a network from scratch on pictures of formulas that are rendered on the fly. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { chooseEngine } from '../../engine/devices.ts'
import { beginPretraining, resumePretraining } from '../../pretrain/begin.ts'
import { pretrain, type PretrainEvent } from '../../pretrain/pretrain.ts'
import {
  readPretraining,
  type Pretraining,
  type PretrainingSettings,
} from '../../pretrain/pretraining-folder.ts'
import { saveNetwork } from '../../pretrain/save-network.ts'
import { rendererEntry } from '../../studio/assets.ts'
import type { Cli } from './cli.ts'
import { engineOption, numberOption, type EngineChoice } from './options.ts'
import { brief, duration, percent } from './text.ts'

interface PretrainOptions extends Omit<PretrainingSettings, 'learningRate' | 'steps' | 'classSeed'> {
  readonly out: string
  readonly lr: number
  readonly steps?: number
  readonly from?: string
  readonly engine: EngineChoice
  readonly resume?: boolean
}

const defaultSteps = 10_000

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
  command.action((options: PretrainOptions) => run(options, cli))
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

async function run(options: PretrainOptions, { report, signal }: Cli): Promise<void> {
  const pretraining = options.resume === true ? await resumed(options) : await begun(options)
  const { settings, step, directory } = pretraining
  const { resolution, classes, steps } = settings
  report.record({ type: 'start', ...settings, step })
  report.line(`Pretraining on ${classes} formula classes at ${resolution} pixels, step ${step} of ${steps}.`)
  const { engine } = await chooseEngine(options.engine)
  const renderEntry = rendererEntry()
  const tools = { engine, signal, renderEntry, workers: Math.max(1, availableParallelism() - 1) }
  for await (const event of pretrain(pretraining, tools)) print(event, steps, report)
  const network = join(directory, 'network')
  await saveNetwork(network, await readPretraining(directory))
  report.record({ type: 'done', steps, run: directory, network })
  report.line(`Finished. The network is in ${network}; fine-tune it with: finetune --model ${network}`)
}

async function resumed({ out, steps }: PretrainOptions): Promise<Pretraining> {
  return resumePretraining(out, steps)
}

async function begun({
  out,
  from,
  lr,
  steps = defaultSteps,
  ...options
}: PretrainOptions): Promise<Pretraining> {
  const settings: PretrainingSettings = {
    width: options.width,
    depth: options.depth,
    heads: options.heads,
    patch: options.patch,
    resolution: options.resolution,
    classes: options.classes,
    classSeed: 1,
    steps,
    batch: options.batch,
    learningRate: lr,
    warmup: Math.min(options.warmup, steps - 1),
    weightDecay: options.weightDecay,
    clip: options.clip,
    labelSmoothing: options.labelSmoothing,
    seed: options.seed,
  }
  return beginPretraining(out, settings, from)
}

function print(event: PretrainEvent, steps: number, report: Cli['report']): void {
  report.record({ ...event })
  if (event.type !== 'step') return
  const { step, loss, accuracy, imagesPerSecond, secondsLeft } = event
  const speed = `${imagesPerSecond.toFixed(0)} images/s`
  const text = `step ${step}/${steps}  loss ${brief(loss)}  accuracy ${percent(accuracy)}  ${speed}  ${duration(secondsLeft)} left`
  report.progress(step, steps, text)
}
