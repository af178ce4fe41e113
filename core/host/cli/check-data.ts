/** @file `check-data`: what a folder of images contains, before anything is trained on it. */
import type { Command } from 'commander'

import { checkData, type CheckedData } from '../../data/check.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { sentencesOf } from '../../data/finding-sentences.ts'
import { divideImages } from '../../data/split.ts'
import type { Cli } from './cli.ts'
import { labelsFromTable, labelsOption } from './label-table.ts'
import { numberOption, seedOption, validationSplitOption } from './options.ts'
import { followWork } from './report.ts'
import { printSkipped, printWarnings } from './data-output.ts'
import { countOf, table } from './text.ts'

interface CheckDataCommand {
  readonly val?: string
  readonly labels?: string
  readonly resolution: number
  readonly valSplit: number
  readonly seed: number
}

/** Adds `check-data`. */
export function addCheckData(program: Command, cli: Cli): void {
  program
    .command('check-data')
    .description('check a folder of class folders: classes, counts, bad files, warnings')
    .argument('<dir>', 'folder with one folder of images per class')
    .option('--val <dir>', 'folder of validation images, with the same class folders')
    .addOption(labelsOption())
    .addOption(
      numberOption(
        '--resolution <n>',
        'resolution of the model in pixels, for the warning about small images',
        {
          whole: true,
          min: 1,
          max: 4096,
        },
      ).default(224),
    )
    .addOption(validationSplitOption())
    .addOption(seedOption())
    .action(async (directory: string, options: CheckDataCommand) => run(cli, directory, options))
}

async function run(cli: Cli, directory: string, options: CheckDataCommand): Promise<void> {
  const { report, signal } = cli
  const labels = await labelsFromTable(cli, directory, options.labels)
  const follow = followWork(report, 'Checking images')
  const data = await checkData(directory, {
    signal,
    validationDirectory: options.val,
    resolution: options.resolution,
    labels,
    onProgress: ({ done, total }) => follow(done, total),
  })
  const { valSplit, seed } = options
  const { training, validation } = divideImages(data, valSplit, seed)
  printCounts(report, data)
  const how = data.validation === undefined ? ` with --val-split ${valSplit} and --seed ${seed}` : ''
  report.line(`${countOf(training.length, 'image')} for training, ${validation.length} held out${how}`)
  const skipped: SkippedFile[] = [...data.bad, ...(data.validation?.bad ?? [])]
  printSkipped(report, skipped)
  const warnings = sentencesOf(data.findings)
  printWarnings(report, warnings)
  report.record({
    type: 'done',
    folder: data.root,
    classes: data.classes.map((name, label) => ({
      name,
      images: data.counts[label],
      ...(data.validation !== undefined && { validation: data.validation.counts[label] }),
    })),
    images: data.images.length,
    ...(labels !== undefined && { unlabelled: data.aside.length }),
    split: { training: training.length, validation: validation.length },
    validation: data.validation?.images.length ?? 0,
    skipped: skipped.length,
    warnings,
  })
}

function printCounts(
  report: Cli['report'],
  { root, classes, counts, images, validation, aside }: CheckedData,
): void {
  report.line(
    `${root}: ${countOf(classes.length, 'class', 'classes')}, ${countOf(images.length, 'usable image')}`,
  )
  const rows = classes.map((name, label) => [
    name,
    counts[label] ?? 0,
    ...(validation === undefined ? [] : ['+', validation.counts[label] ?? 0, 'for validation']),
  ])
  report.line(table(rows))
  if (aside.length > 0) report.line(`${countOf(aside.length, 'image')} without a label`)
}
