/** @file `export`: a run's model in the formats of other tools, each reopened and compared. */
import { Option, type Command } from 'commander'

import { ExportFormat, exportFormats } from '../../files/export-formats.ts'
import { exportRun, type ExportResult } from '../../train/model/export.ts'
import { engineForModel } from '../../studio/engine-choice.ts'
import type { Cli } from './cli.ts'
import { openUserCache } from './open-cache.ts'
import { modelEngineOption, type EngineChoice } from './options.ts'
import type { Reporter } from './report.ts'
import { countOf, table } from './text.ts'
import { inEnglish } from '../../sentence.ts'

interface ExportCommand {
  readonly run: string
  readonly format: ExportFormat | 'all'
  readonly out: string
  readonly engine?: EngineChoice
}

/** Adds `export`. */
export function addExport(program: Command, cli: Cli): void {
  program
    .command('export')
    .description("export a run's model for other tools, and check that it gives the same results there")
    .requiredOption('--run <dir>', 'folder of the run')
    .addOption(
      new Option('--format <kind>', 'format to export')
        .choices([...ExportFormat.options, 'all'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <dir>', 'folder to write to; with all, each format gets its own folder in it')
    .addOption(modelEngineOption())
    .action(async (options: ExportCommand) => run(cli, options))
}

async function run({ report, signal }: Cli, options: ExportCommand): Promise<void> {
  const { run: directory, format, out } = options
  const { engine } = await engineForModel(directory, options.engine)
  const formats = format === 'all' ? ExportFormat.options : [format]
  const result = await exportRun(directory, formats, out, {
    engine,
    cache: await openUserCache(report),
    signal,
    onProgress: (name, done) => report.progress(done, formats.length, `Exporting ${name}`),
  })
  print(report, result, { out, engine: engine.kind })
}

function print(
  report: Reporter,
  { exported, refused, files, verified }: ExportResult,
  { out, engine }: { readonly out: string; readonly engine: string },
): void {
  const rows = exported.map((one) => [
    exportFormats[one.format],
    one.path,
    `largest logit difference ${one.maxLogitDifference === 0 ? 0 : one.maxLogitDifference.toExponential(1)}`,
  ])
  if (rows.length > 0) {
    report.line(
      `Exported, opened again and compared on ${countOf(verified.images, 'real image')} (${engine}):\n${table(rows)}`,
    )
  }
  for (const { format, reason } of refused)
    report.line(`Not as ${exportFormats[format]}: ${inEnglish(reason)}`)
  report.record({ type: 'done', engine, out, files, verified, exported, refused })
}
