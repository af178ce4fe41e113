/** @file What each npm script does. A command does its own set-up; its lines go to stderr, results to stdout. */
import { pathToFileURL } from 'node:url'

import { bundleBench, bundlePath, ensureBundled } from './bundle.mjs'
import { ensureInstalled } from './install.mjs'
import { callersFolder, SetupError } from './project.mjs'

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const commands = {
  start: (args) => runStudio(['start', ...args]),
  demo: (args) => runStudio(['demo', ...args]),
  studio: runStudio,
  bench: runBench,
  build: ensureBundled,
  test: async (args) => (await import('./test.mjs')).test(args),
  check: async () => (await import('./checks.mjs')).check(),
  fix: async () => (await import('./checks.mjs')).fix(),
}

/**
 * Sets the project up and runs one command.
 *
 * @param {string | undefined} name
 * @param {string[]} args
 */
export async function runCommand(name, args) {
  const command = commands[name ?? '']
  try {
    if (command === undefined) {
      throw new SetupError(
        `There is no command ${name ?? '""'}; there are ${Object.keys(commands).join(', ')}.`,
      )
    }
    ensureInstalled()
    await command(args)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}

/**
 * Runs the command line.
 *
 * @param {string[]} args
 */
async function runStudio(args) {
  await ensureBundled()
  await runProgram(bundlePath('cli'), args)
}

/**
 * Runs the benchmarks of test/bench.
 *
 * @param {string[]} args
 */
async function runBench(args) {
  await bundleBench()
  await runProgram(bundlePath('bench'), args)
}

/**
 * Runs a bundled program in this very process, so that signals, exit code and memory are its own.
 *
 * @param {string} program
 * @param {string[]} args
 */
async function runProgram(program, args) {
  // ONNX Runtime reports home unless this is set before it is loaded.
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  process.setSourceMapsEnabled(true)
  process.chdir(callersFolder())
  process.argv = [process.execPath, program, ...args]
  endWithNpm()
  await import(pathToFileURL(program).href)
}

/** Ends this process when npm has been ended: the shell between the two passes no signal on. */
function endWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1000)
  watch.unref()
}
