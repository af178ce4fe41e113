/** @file `finetune`: starts a run or resumes one, and prints every step. */
import type { Command } from 'commander'

import { AppError } from '../../errors.ts'
import { chooseEngine, type ChosenEngine } from '../../engine/devices.ts'
import { optimiserSettings } from '../../optim/optimisers.ts'
import { isRunFolder, readRecord, readRunData } from '../../train/run/run-folder.ts'
import { sentenceOfNote } from '../../train/run/run-note.ts'
import { resumeRun, startRun, type FineTuneRequest, type FineTuneRun } from '../../train/start.ts'
import { searchAndTrain } from '../../train/search/search.ts'
import type { Cli } from './cli.ts'
import { finetuneOptions, type FinetuneCommand } from './finetune-options.ts'
import { differences } from './finetune-resume.ts'
import { printDone, printEvent, printStart } from './finetune-output.ts'
import { labelsFromTable } from './label-table.ts'
import { modelPath } from './model-path.ts'
import { openUserCache } from './open-cache.ts'
import { addOverrideOptions, overridesOf } from './overrides.ts'
import { followWork } from './report.ts'
import { continueOn, givenOptions, printNote } from './resume.ts'

const example =
  'npm run -s studio -- finetune --model vit.safetensors --data photos --out runs/photos --preset quick'

/** Adds `finetune`. */
export function addFinetune(program: Command, cli: Cli): void {
  const command = program
    .command('finetune')
    .description('fine-tune a pretrained Vision Transformer on a folder of images')
  for (const option of finetuneOptions()) command.addOption(option)
  command.addHelpText('after', `\nExample:\n  ${example}`)
  addOverrideOptions(command).action(async (options: FinetuneCommand) => {
    const { model } = options
    const given = model === undefined ? options : { ...options, model: await modelPath(model) }
    const explicit = givenOptions(command)
    await (given.resume === true && isRunFolder(given.out)
      ? resume(cli, given, explicit)
      : begin(cli, given, explicit))
  })
}

async function begin(cli: Cli, given: FinetuneCommand, explicit: ReadonlySet<string>): Promise<void> {
  const { report, signal } = cli
  const request = requestOf(given, explicit)
  if (given.resume === true)
    printNote(report, `There is no run in ${given.out} to continue; a new one is started.`)
  const choice = await chooseEngine(given.engine)
  const follow = followWork(report, 'Checking images')
  const labels = await labelsFromTable(cli, request.data, given.labels)
  const run = await startRun(
    { ...request, labels },
    {
      engine: choice.engine.kind,
      memoryMB: choice.device.memoryMB,
      signal,
      onProgress: ({ done, total }) => follow(done, total),
    },
  )
  await trainAndPrint(cli, run, choice)
}

function requestOf(given: FinetuneCommand, explicit: ReadonlySet<string>): FineTuneRequest {
  const { model, data, val, valSplit, lr, posEmbed, optimizer, momentum, weightDecay } = given
  if (model === undefined || data === undefined) {
    const [missing, what] =
      model === undefined ? ['--model', 'A pretrained model'] : ['--data', 'A folder of images']
    throw new AppError('invalid_input', `${what} is needed: give ${missing}. See studio finetune --help.`)
  }
  if (val !== undefined && explicit.has('valSplit')) {
    throw new AppError(
      'invalid_input',
      '--val and --val-split cannot be used together. Leave one of them out.',
    )
  }
  return {
    ...given,
    progressive: given.progressive === 'none' ? null : given.progressive,
    model,
    data,
    // Read once the request is known to be sound.
    labels: undefined,
    overrides: overridesOf(given),
    validation: val,
    validationSplit: valSplit,
    learningRate: lr,
    optimiser: optimiserSettings(optimizer, { momentum, weightDecay }),
    positionResize: posEmbed,
  }
}

async function resume(cli: Cli, given: FinetuneCommand, explicit: ReadonlySet<string>): Promise<void> {
  const { report } = cli
  const record = await readRecord(given.out)
  for (const difference of differences(given, explicit, record, await readRunData(given.out)))
    printNote(report, difference)
  if (record.status === 'finished' && record.result !== null) {
    printNote(report, `The run in ${given.out} is already finished.`)
    printDone(report, record.result, record.times, given.out)
    return
  }
  const run = await resumeRun(given.out)
  for (const found of run.notes) printNote(report, sentenceOfNote(found))
  const continued = await continueOn(report, run, explicit.has('engine') ? given.engine : undefined)
  await trainAndPrint(cli, continued.run, continued.choice)
}

async function trainAndPrint({ report, signal }: Cli, run: FineTuneRun, choice: ChosenEngine): Promise<void> {
  printStart(report, run, choice)
  const cache = await openUserCache(report)
  for await (const event of searchAndTrain(run, { engine: choice.engine, cache, signal })) {
    printEvent(report, event, run)
  }
}
