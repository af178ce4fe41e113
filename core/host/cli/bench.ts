/** @file `bench`: how fast a training step is on this machine, and what share of the device's capability that is. */
import { Option, type Command } from 'commander'

import { chooseEngine } from '../../engine/devices.ts'
import { imagenetNormalisation } from '../../files/family.ts'
import type { ModelGraphs } from '../../train/step/graphs.ts'
import { openModel } from '../../train/model/open-model.ts'
import { atGrid, gridOf, withZeroHead } from '../../train/model/prepare.ts'
import type { Parameters } from '../../tensor/tensor.ts'
import { plainVit, type VitConfig } from '../../vit/config.ts'
import { benchmarkStep, randomParameters, type BenchResult } from '../../studio/bench.ts'
import type { Cli } from './cli.ts'
import { engineOption, numberOption, type EngineChoice } from './options.ts'
import { followWork, type Reporter } from './report.ts'
import { percent, table } from './text.ts'

interface BenchCommand {
  readonly model: string
  readonly resolution?: number
  readonly batch: number
  readonly engine: EngineChoice
  readonly steps: number
}

/** Adds `bench`. */
export function addBench(program: Command, cli: Cli): void {
  program
    .command('bench')
    .description('time training steps, next to plain matrix products')
    .addOption(
      new Option(
        '--model <name>',
        'tiny, small or base (patches of 16 × 16), or a checkpoint',
      ).makeOptionMandatory(),
    )
    .addOption(
      numberOption('--resolution <n>', "pixels per side (default: 224, or the checkpoint's)", {
        whole: true,
        min: 1,
        max: 4096,
      }),
    )
    .addOption(
      numberOption('--batch <n>', 'images per step', { whole: true, min: 1, max: 65_536 }).default(8),
    )
    .addOption(
      numberOption('--steps <n>', 'steps to time', { whole: true, min: 1, max: 100_000 }).default(10),
    )
    .addOption(engineOption().default('cpu'))
    .action(async (options: BenchCommand) => run(cli, options))
}

async function run({ report, signal }: Cli, options: BenchCommand): Promise<void> {
  const { batch, steps } = options
  const { engine, device } = await chooseEngine(options.engine)
  const subject = await subjectOf(options)
  const follow = followWork(report, 'Timing step')
  const result = await benchmarkStep(engine, {
    ...subject,
    batch,
    steps,
    signal,
    onStep: (done) => follow(done, steps),
  })
  const { grid, patch } = subject.model.config
  const resolution = grid.rows * patch
  print(report, options, resolution, `${device.name} (${device.kind})`, result)
  const about = { model: options.model, resolution, batch, steps, engine: engine.kind, device }
  report.record({ type: 'done', ...result, ...about })
}

interface Subject {
  readonly model: ModelGraphs
  readonly parameters: () => Promise<Parameters> | Parameters
}

// Few, as when fine-tuning.
const classes = 10

async function subjectOf({ model: name, resolution }: BenchCommand): Promise<Subject> {
  const width = widths[name]
  if (width !== undefined) {
    const config = standardConfig(width, resolution ?? 224)
    return {
      model: { config, normalisation: imagenetNormalisation },
      parameters: () => randomParameters(config),
    }
  }
  const pretrained = await openModel(name)
  const { patch } = pretrained.config
  const grid = resolution === undefined ? pretrained.config.grid : gridOf(resolution, patch)
  const { config, parameters } = withZeroHead(atGrid(pretrained, grid, pretrained.positionResize), classes)
  return { model: { config, normalisation: pretrained.normalisation }, parameters: () => parameters }
}

/** Widths of ViT-Ti, ViT-S and ViT-B, which are otherwise alike. */
const widths: Readonly<Record<string, number>> = { tiny: 192, small: 384, base: 768 }

/** A plain ViT of this width with patches of 16 × 16. */
export function standardConfig(width: number, resolution: number): VitConfig {
  const patch = 16
  const grid = gridOf(resolution, patch)
  return plainVit({ width, depth: 12, heads: width / 64, mlpWidth: 4 * width, patch, grid, classes })
}

function print(
  report: Reporter,
  { model, batch, steps }: BenchCommand,
  resolution: number,
  device: string,
  result: BenchResult,
): void {
  const { stepMs, imagesPerSecond, gflops, gemmGflops, gemmFraction, gemmSide, peakMemoryMB } = result
  const product = `a plain product of ${gemmSide} × ${gemmSide} matrices next to it: ${gemmGflops.toFixed(1)}`
  report.line(
    `Training steps of ${model} at ${resolution} px, ${batch} images each, on ${device}; medians of ${steps}:`,
  )
  report.line(
    table([
      ['images per second', imagesPerSecond.toFixed(2)],
      ['milliseconds per step', stepMs.toFixed(1)],
      ['GFLOP/s of matrix products', `${gflops.toFixed(1)} (${product})`],
      ['of the plain product', percent(gemmFraction)],
      ['peak memory', `${peakMemoryMB.toFixed(0)} MB`],
    ]),
  )
}
