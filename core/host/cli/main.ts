/** @file The command line as a process: signals, output that ends early, the exit code. */
import { AppError } from '../../errors.ts'
import { runCli } from './program.ts'

const stop = new AbortController()

// Handled once: the second Ctrl-C is left to the system and ends the process at once, even inside a step.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    if (process.stderr.isTTY) process.stderr.write('\nStopping … (Ctrl-C again to stop at once)\n')
    stop.abort()
  })
}

let broken: NodeJS.ErrnoException | null = null
process.stdout.on('error', (error) => {
  broken ??= error
  stop.abort()
})
// There is nowhere left to say so.
process.stderr.on('error', () => undefined)

// The reader has seen enough, as with `| head`: nobody is left to work for, which is not a failure.
const isUnheard = (): boolean => broken?.code === 'EPIPE'

const stderr = {
  write: (text: string): boolean => isUnheard() || process.stderr.write(text),
}
const exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr,
  signal: stop.signal,
})
// The last write may fail a moment later.
await new Promise((resolve) => process.stdout.write('', resolve))
process.exitCode = exitCodeAfter(exitCode)

/** A full disk at the other end, say, is a failure, however well the command itself went. */
function exitCodeAfter(code: number): number {
  if (isUnheard()) return code === 130 ? 0 : code
  if (broken === null) return code
  stderr.write(`Standard output cannot be written. ${AppError.from(broken).message}\n`)
  return code === 1 ? code : 2
}
