/** @file The command line as a function: arguments in, text out, an exit code at the end. */
import { Command } from 'commander'

import { addAnswers } from './answers.ts'
import { addBench } from './bench.ts'
import { addCheckData } from './check-data.ts'
import type { AddCommand, Cli } from './cli.ts'
import { addDemo } from './demo.ts'
import { addDescribe } from './describe.ts'
import { addDevices } from './devices.ts'
import { addDownload } from './download.ts'
import { addEvaluate } from './evaluate.ts'
import { addExport } from './export.ts'
import { reportFailure } from './failure.ts'
import { addFewshot } from './fewshot.ts'
import { addFinetune } from './finetune.ts'
import { addPredict } from './predict.ts'
import { addPretrain } from './pretrain.ts'
import { createReporter, type TextSink } from './report.ts'
import { keepFoldersPrivate } from '../../studio/private-folders.ts'
import { addServe, addStart } from './serve.ts'
import { addReport } from './write-report.ts'

/** Every command, in the order in which help lists them. */
const commands: readonly AddCommand[] = [
  addFewshot,
  addFinetune,
  addEvaluate,
  addPredict,
  addAnswers,
  addReport,
  addExport,
  addCheckData,
  addDescribe,
  addDownload,
  addDevices,
  addBench,
  addPretrain,
  addDemo,
  addServe,
  addStart,
]

/** Where the command line writes, and how it is asked to stop. */
export interface CliEnvironment {
  readonly stdout: TextSink
  readonly stderr: TextSink
  readonly signal: AbortSignal
}

/** Runs one command. Gives the exit code: 0 done, 2 the person can fix it, 1 our bug, 130 stopped on request. */
export async function runCli(
  argv: readonly string[],
  { stdout, stderr, signal }: CliEnvironment,
): Promise<number> {
  const report = createReporter(stdout, wantsJson(argv))
  try {
    await createProgram({ report, signal }, stdout, stderr).parseAsync(argv, { from: 'user' })
    report.clear()
    return 0
  } catch (thrown) {
    return reportFailure(thrown, report, stderr)
  }
}

// Checked before parsing, since wrong arguments must be reported in the right form too.
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--')
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json')
}

function createProgram(cli: Cli, stdout: TextSink, stderr: TextSink): Command {
  const program = new Command('studio')
    .description('Fine-tunes pretrained Vision Transformers on folders of images, on this machine.')
    .option('--json', 'one JSON object per line, the summary last')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Errors are reported in one place, with their exit code.
      outputError: () => undefined,
    })
    .exitOverride()
    .hook('preAction', async () => (await keepFoldersPrivate()).forEach(cli.report.line))
  for (const add of commands) add(program, cli)
  return program
}
