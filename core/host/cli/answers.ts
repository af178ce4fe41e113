/** @file `answers`: how a finished run answers, without training it again: probe or training, fairness, what is unsure. */
import { Option, type Command } from 'commander'

import { AppError } from '../../errors.ts'
import { maxFairness, type Answering } from '../../train/evaluation/answering.ts'
import { chooseAnswers } from '../../train/evaluation/answers.ts'
import { heldOutAnswers, type HeldOutAnswers } from '../../train/evaluation/held-out-answers.ts'
import type { Cli } from './cli.ts'
import { numberOption } from './options.ts'
import type { Reporter } from './report.ts'
import { brief, countOf, facts, percent, table } from './text.ts'

interface AnswersCommand {
  readonly use?: Answering['model']
  readonly fair?: number
  readonly unsure?: number
}

const example = 'npm run -s studio -- answers runs/photos --fair 0.5 --unsure 0.8'

/** Adds `answers`. */
export function addAnswers(program: Command, cli: Cli): void {
  program
    .command('answers')
    .description('say or change how a run answers, in predictions and exports, without training it again')
    .argument('<run>', 'folder of the run')
    .addOption(
      new Option(
        '--use <model>',
        'weights that answer: trained, or the linear probe on the frozen features',
      ).choices(['trained', 'probe']),
    )
    .addOption(
      numberOption(
        '--fair <x>',
        'how fair it is to rare classes: 0 as learned, 1 as if all were equally frequent',
        {
          min: 0,
          max: maxFairness,
        },
      ),
    )
    .addOption(
      numberOption('--unsure <p>', 'answers with less probability count as unsure', { min: 0, max: 1 }),
    )
    .addHelpText('after', `\nExample:\n  ${example}`)
    .action(async (run: string, { use, fair, unsure }: AnswersCommand) => {
      // Before anything is changed, so that a run without held-out images stays as it is.
      await knownAnswers(run)
      if (use !== undefined || fair !== undefined || unsure !== undefined)
        await chooseAnswers(run, { model: use, fairness: fair, unsureBelow: unsure })
      printAnswers(cli.report, run, await knownAnswers(run))
    })
}

async function knownAnswers(run: string): Promise<HeldOutAnswers> {
  const known = await heldOutAnswers(run)
  if (known !== null) return known
  throw new AppError(
    'invalid_input',
    `What the run in ${run} says about held-out images is not known: it held out none, or comes from an earlier version. ` +
      'Its results page evaluates it; a new run keeps it by itself.',
  )
}

function printAnswers(report: Reporter, run: string, { record, figures, images }: HeldOutAnswers): void {
  const { answers, probe } = record
  const { accuracy, balancedAccuracy, calibrationError, thresholds } = figures
  report.line(
    facts([
      ['Run', run],
      [
        'Answers',
        answers.model === 'probe' ? 'the linear probe on the frozen features' : 'the trained weights',
      ],
      ['Fairness', brief(answers.fairness)],
      ['Unsure', answers.unsureBelow === null ? 'not chosen' : `below ${percent(answers.unsureBelow)}`],
      [
        'Accuracy',
        `${percent(accuracy)} of ${countOf(images.length, 'held-out image')}; balanced ${percent(balancedAccuracy)}`,
      ],
      ['Probe', probe === null ? 'not known' : percent(probe.accuracy)],
      [
        'Calibration',
        `error ${percent(calibrationError?.after ?? null)}; ${percent(calibrationError?.before ?? null)} before`,
      ],
    ]),
  )
  const rows = thresholds.map(({ precision, threshold }) =>
    threshold === null
      ? [`${percent(precision)} right`, 'no threshold reaches it']
      : [
          `${percent(precision)} right`,
          `--unsure ${threshold.probability.toFixed(2)}`,
          `answers ${percent(threshold.answered)}`,
        ],
  )
  report.line(`Thresholds for a share of right answers:\n${table(rows)}`)
  const { confusion: _, perClass: __, ...shown } = figures
  report.record({ type: 'done', run, answers, probe, ...shown })
}
