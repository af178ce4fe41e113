/** @file `start`: will open the window. */
import type { Command } from 'commander'

import type { Cli } from './cli.ts'

/** Adds `start`. */
export function addStart(program: Command, { report }: Cli): void {
  program
    .command('start')
    .description('open the window (comes with a later version)')
    .action(() => {
      const commands = program.commands.map((command) => command.name()).filter((name) => name !== 'start')
      const message =
        'The window comes with a later version of ViT Studio. Until then there are these commands: ' +
        `${commands.join(', ')}. Try: npm run -s studio -- finetune --help`
      report.line(message)
      report.record({ type: 'done', message, commands })
    })
}
