/** @file The command line as a process: signals, broken pipes, the exit code. */
import { runCli } from './program.ts'

const stop = new AbortController()

// Heard once: the second Ctrl-C meets the system's own handling and ends the process at once, even inside a step.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    if (process.stderr.isTTY) process.stderr.write('\nStopping … (Ctrl-C again to stop at once)\n')
    stop.abort()
  })
}

// Whoever reads has seen enough, as with `| head`: there is nobody left to work for, which is no failure.
let isUnheard = false
process.stdout.on('error', () => {
  isUnheard = true
  stop.abort()
})

const stderr = {
  write: (text: string): boolean => isUnheard || process.stderr.write(text),
}
const exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr,
  signal: stop.signal,
})
process.exitCode = isUnheard && exitCode === 130 ? 0 : exitCode
