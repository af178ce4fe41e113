/** @file `report`: everything about a run's results as one HTML file, to print and to keep. */
import { Option, type Command } from 'commander'

import { ReportLanguage } from '../../api/contract/results.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { reportOf } from '../../studio/report/report.ts'
import { readCard } from '../../studio/runs/run-card.ts'
import type { Cli } from './cli.ts'

interface ReportCommand {
  readonly out: string
  readonly language: ReportLanguage
}

const example = 'npm run -s studio -- report runs/photos --out report.html'

/** Adds `report`. */
export function addReport(program: Command, cli: Cli): void {
  program
    .command('report')
    .description(
      'write the results of a run as one HTML file to print: data, recipe, figures, mistakes, model card',
    )
    .argument('<run>', 'folder of the run')
    .requiredOption('--out <file>', 'the HTML file; one that is there is replaced')
    .addOption(
      new Option('--language <language>', 'language of the report')
        .choices(ReportLanguage.options)
        .default('en'),
    )
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(async (run: string, { out, language }: ReportCommand) => {
      const { name } = await readCard(run)
      const html = await reportOf(run, { name, language, signal: cli.signal })
      await writeFileAtomic(out, html)
      cli.report.line(`Written to ${out}. Open it in a browser to read and to print it.`)
      cli.report.record({ type: 'done', run, out, bytes: Buffer.byteLength(html) })
    })
}
