/** @file What commands that continue a run have in common: what of the options does not apply, and the engine. */
import type { Command } from 'commander'

import { chooseEngine, type ChosenEngine } from '../../engine/devices.ts'
import type { RunToTrain } from '../../train/session.ts'
import type { EngineChoice } from './options.ts'
import type { Reporter } from './report.ts'

/** Names of the options that were given, as commander names them. */
export function givenOptions(command: Command): ReadonlySet<string> {
  const names = Object.keys(command.opts())
  return new Set(names.filter((name) => command.getOptionValueSource(name) === 'cli'))
}

/** The value of an option as a person reads it; undefined where there is none, or where a run does not record it. */
export type Shown = string | number | undefined

/**
 * One sentence for each option that was given and differs from the run's own. Options are named as commander names them:
 * `weightDecay` for `--weight-decay`.
 */
export function differencesBetween<Name extends string>(
  asked: Readonly<Partial<Record<Name, Shown>>>,
  own: Readonly<Record<Name, Shown>>,
  explicit: ReadonlySet<string>,
): string[] {
  return (Object.keys(own) as Name[]).flatMap((name) => {
    if (!explicit.has(name) || asked[name] === own[name]) return []
    const instead = own[name] === undefined ? '' : `, which has ${own[name]}`
    return [`${flagOf(name)} ${asked[name]} does not apply to this run${instead}.`]
  })
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** Prints a note. */
export function printNote(report: Reporter, message: string): void {
  report.line(`Note: ${message}`)
  report.record({ type: 'note', message })
}

/** A run with the engine it continues on. */
export interface OnEngine<Run extends RunToTrain> {
  readonly run: Run
  readonly choice: ChosenEngine
}

/** Chooses the engine that was asked for, or else the one that the run began with, and notes a change. */
export async function continueOn<Run extends RunToTrain>(
  report: Reporter,
  run: Run,
  asked: EngineChoice | undefined,
): Promise<OnEngine<Run>> {
  const { settings } = run.record
  const choice = await chooseEngine(asked ?? settings.engine)
  const { kind } = choice.engine
  if (kind !== settings.engine) {
    const change = `The run continues on ${kind} instead of ${settings.engine}: the last digits may differ.`
    printNote(report, change)
  }
  return { run: { ...run, record: { ...run.record, settings: { ...settings, engine: kind } } }, choice }
}
