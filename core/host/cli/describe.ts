/** @file `describe`: what a model is, as recognised from its file: a checkpoint, an export or a run. */
import type { Command } from 'commander'

import { describeCheckpoint, type Description } from '../../files/checkpoint.ts'
import { inEnglish } from '../../sentence.ts'
import { createOptimiser } from '../../optim/optimisers.ts'
import { parameterCount } from '../../train/step/graphs.ts'
import { refuseOverrides } from '../../train/model/open-model.ts'
import { checkOnnx } from '../../train/model/onnx-import.ts'
import { onnxPath } from '../../train/model/predictor.ts'
import { isRunFolder, readRecord } from '../../train/run/run-folder.ts'
import type { RunRecord } from '../../train/run/run-record.ts'
import type { VitConfig } from '../../vit/config.ts'
import type { Cli } from './cli.ts'
import { modelPath } from './model-path.ts'
import { addOverrideOptions, overridesOf, type OverrideOptions } from './overrides.ts'
import type { Reporter } from './report.ts'
import { brief, countOf, facts, listed, millions, percent } from './text.ts'

/** Adds `describe`. */
export function addDescribe(program: Command, { report }: Cli): void {
  const command = program
    .command('describe')
    .description('say what a model file is, and how that was recognised')
    .argument('<model>', 'checkpoint, export, run or id of a downloaded model')
  addOverrideOptions(command).action(async (given: string, options: OverrideOptions) => {
    const path = await modelPath(given)
    const overrides = overridesOf(options)
    const onnx = await onnxPath(path)
    if (onnx === null && !isRunFolder(path)) {
      printCheckpoint(report, await describeCheckpoint(path, overrides))
      return
    }
    refuseOverrides(path, overrides)
    await (onnx === null ? describeRun(report, path) : describeExport(report, onnx))
  })
}

type Fact = readonly [name: string, value: string]

function printCheckpoint(report: Reporter, description: Description): void {
  const { path, family, layout, config, normalisation, positionResize, framing, scores, labels, notes } =
    description
  const parameters = description.parameterCount
  report.line(
    facts([
      ['File', path],
      ['Family', family],
      ...modelFacts(config, parameters),
      ['Classes', classesOf(config, labels)],
      ['Recognised', notes.map(inEnglish).join('\n')],
    ]),
  )
  const model = {
    family,
    layout,
    config,
    parameters,
    normalisation,
    positionResize,
    framing,
    scores,
    labels,
    notes,
  }
  report.record({ type: 'done', kind: 'checkpoint', path, ...model })
}

function classesOf({ classes }: VitConfig, labels: readonly string[] | null): string {
  if (classes === 0) return 'none: there is no classification head'
  return labels === null ? `${classes}, without names` : `${classes}: ${listed(labels)}`
}

async function describeRun(report: Reporter, path: string): Promise<void> {
  const record = await readRecord(path)
  const { model, classes, preprocessing, status, result, settings, augmentation, createdAt } = record
  const { mean, std } = preprocessing
  const parameters = parameterCount(model.config)
  report.line(
    facts([
      ['Run', `${path}, started ${createdAt}, ${status}`],
      // What began from nothing, a pretraining, has no source and nothing that was recognised.
      ['From', model.source === '' ? model.family : `${model.source}\n${model.family}`],
      ...modelFacts(model.config, parameters),
      ['Classes', `${classes.length}: ${listed(classes)}`],
      ...runFacts(record),
      ...(model.notes.length === 0 ? [] : [['Recognised', model.notes.map(inEnglish).join('\n')] as const]),
    ]),
  )
  const { source, family, config, positionResize, notes } = model
  const about = {
    source,
    family,
    config,
    parameters,
    normalisation: { mean, std },
    positionResize,
    labels: classes,
  }
  const training = { preprocessing, augmentation, status, settings, result }
  report.record({ type: 'done', kind: 'run', path, ...about, notes, ...training })
}

function runFacts({ settings, result }: RunRecord): Fact[] {
  const { steps, batch, microBatch, learningRate, warmup, optimiser, clip, seed, engine } = settings
  const training =
    `${steps} steps of ${countOf(batch, 'image')} (${microBatch} at a time), peak learning rate ` +
    `${brief(learningRate)} after ${warmup} steps of warm-up,\n` +
    `${createOptimiser(optimiser).description}, gradients clipped at ${clip}, seed ${seed}, on ${engine}`
  if (result === null) return [['Training', training]]
  const { bestAccuracy, bestStep, finalAccuracy, finalLoss } = result
  const best = bestStep === null ? 'not measured' : `${percent(bestAccuracy)} at step ${bestStep}`
  const end = `at the end ${percent(finalAccuracy)}, loss ${brief(finalLoss)}`
  return [
    ['Training', training],
    ['Accuracy', `${best}; ${end}`],
  ]
}

async function describeExport(report: Reporter, path: string): Promise<void> {
  const { labels, preprocessing } = await checkOnnx(path)
  const { resolution, mean, std } = preprocessing
  report.line(
    facts([
      ['File', path],
      ['Family', 'ONNX export of ViT Studio'],
      ['Input', `${resolution.height} × ${resolution.width} pixels`],
      ['Pixels', `mean ${mean.join(', ')}; standard deviation ${std.join(', ')}`],
      ['Classes', `${labels.length}: ${listed(labels)}`],
    ]),
  )
  report.record({ type: 'done', kind: 'onnx', path, normalisation: { mean, std }, labels, preprocessing })
}

function modelFacts(config: VitConfig, parameters: number): Fact[] {
  const { width, depth, heads, mlpWidth, patch, grid } = config
  return [
    [
      'Size',
      `${millions(parameters)} parameters: ${depth} blocks, ${width} wide, ${heads} heads, MLP ${mlpWidth}`,
    ],
    ['Input', `${grid.rows * patch} × ${grid.columns * patch} pixels in patches of ${patch} × ${patch}`],
  ]
}
