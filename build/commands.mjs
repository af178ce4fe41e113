/** @file What each npm script does. A command does its own set-up; its lines go to stderr, results to stdout. */
import { bundleBench, bundlePath, ensureBundled } from './bundle.mjs'
import { ensureInstalled } from './install.mjs'
import { runProgram } from './program.mjs'
import { SetupError } from './project.mjs'

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const commands = {
  start: startStudio,
  demo: (args) => runStudio(['demo', ...args]),
  studio: runStudio,
  bench: runBench,
  build: ensureBundled,
  package: async (args) => (await import('./package.mjs')).packageStudio(args),
  test: async (args) => (await import('./test.mjs')).test(args),
  hostile: async () => (await import('./test.mjs')).testHostile(),
  screenshots: async (args) => (await import('./test.mjs')).takeScreenshots(args),
  check: async () => (await import('./checks.mjs')).check(),
  fix: async () => (await import('./checks.mjs')).fix(),
  'setup:tensorflow': setUpTensorflow,
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
 * Opens the studio.
 *
 * @param {string[]} args
 */
async function startStudio(args) {
  const { start } = await import('./start.mjs')
  await ensureBundled()
  await start(args)
}

/**
 * Installs TensorFlow, then shows by the list of devices whether it works here.
 *
 * @param {string[]} args
 */
async function setUpTensorflow(args) {
  const { setUpTensorflow: setUp } = await import('./setup-tensorflow.mjs')
  await setUp(args)
  await runStudio(['devices'])
}

/**
 * Runs the benchmarks of test/bench.
 *
 * @param {string[]} args
 */
async function runBench(args) {
  await ensureBundled()
  await bundleBench()
  await runProgram(bundlePath('bench'), args)
}
