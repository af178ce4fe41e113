/** @file What every command gets besides its own options. */
import type { Command } from 'commander'

import type { Reporter } from './report.ts'

/** What a command is given to work with. */
export interface Cli {
  readonly report: Reporter
  /** Asks the command to stop; it then throws AppError `cancelled`. */
  readonly signal: AbortSignal
}

/** Adds one command to the program. */
export type AddCommand = (program: Command, cli: Cli) => void
