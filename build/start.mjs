/** @file `npm start`: the studio in Electron if it is there or can be downloaded, otherwise in the browser, at once. */
import { spawn } from 'node:child_process'

import { bundlePath } from './bundle.mjs'
import { downloadElectron, electronProgram, recentFailure, withoutScreen } from './electron.mjs'
import { followNpm, runProgram } from './program.mjs'
import { callersFolder, inProject, root, writing } from './project.mjs'
import { separateGlib } from './separate-glib.mjs'

/** Arguments for this script alone. */
const own = ['--browser', '--electron']

/**
 * Opens the studio. `--browser`, or VIT_STUDIO_SHELL=browser, opens it in the browser; `--electron` tries to download
 * Electron even if that failed a short while ago.
 *
 * @param {string[]} args
 */
export async function start(args) {
  const rest = args.filter((arg) => !own.includes(arg))
  const reason = wantsBrowser(args) ? '' : await openElectron(args, rest)
  if (reason === null) return
  if (reason !== '') console.error(`The studio opens in your browser: ${reason}.`)
  await runProgram(bundlePath('cli'), ['start', ...rest])
}

// The server's own options mean the browser as well.
const browserWord = /^(--browser$|--port\b|--help$|-h$)/

/** @param {string[]} args */
function wantsBrowser(args) {
  return process.env['VIT_STUDIO_SHELL'] === 'browser' || args.some((arg) => browserWord.test(arg))
}

/**
 * Runs Electron until it exits.
 *
 * @param {string[]} args all of them
 * @param {string[]} rest those for Electron
 * @returns {Promise<string | null>} why it cannot; null when it has run
 */
async function openElectron(args, rest) {
  const blind = withoutScreen()
  if (blind !== null) return blind
  if (electronProgram() === null) {
    if (process.env['ELECTRON_OVERRIDE_DIST_PATH']) return 'ELECTRON_OVERRIDE_DIST_PATH names no Electron'
    const earlier = args.includes('--electron') ? null : recentFailure()
    const reason = earlier ?? (await downloadElectron())
    if (reason !== null) return `${reason}; npm start -- --electron tries again`
  }
  const program = electronProgram()
  return program === null ? 'Electron is not where it was put' : runElectron(program, rest)
}

/** A crash later than this is the studio's, not that of a machine on which Electron does not run. */
const startSeconds = 10

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<string | null>} why it did not start; null when it did
 */
async function runElectron(program, args) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  writing(() => separateGlib(inProject('node_modules', '@img')))
  const started = performance.now()
  const child = spawn(program, [root, ...args], {
    cwd: callersFolder(),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  followNpm()
  const passOn = () => void child.kill('SIGTERM')
  process.on('SIGINT', waitOn)
  process.on('SIGTERM', passOn)
  const problem = await problemOf(child)
  process.off('SIGINT', waitOn)
  process.off('SIGTERM', passOn)
  if (problem !== null && performance.now() - started < startSeconds * 1000) {
    return `Electron does not run here (${problem})`
  }
  process.exitCode = child.exitCode ?? 1
  return null
}

/** The terminal sends Ctrl-C to both, and this process waits for the other to end. */
function waitOn() {}

// Done by the person, or by the system shutting down.
const ordinaryEnds = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']

// The studio exits with 2 when it has said itself why it cannot open.
const ordinaryCodes = [0, 2]

/**
 * Waits for a program to end.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string | null>} how it failed; null if it did not
 */
function problemOf(child) {
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('exit', (code, signal) => {
      if (signal !== null) resolve(ordinaryEnds.includes(signal) ? null : signal)
      else resolve(code === null || ordinaryCodes.includes(code) ? null : `code ${code}`)
    })
  })
}
