/** @file `npm start`: the studio in Electron where there is one or it can be had, otherwise in the browser, at once. */
import { spawn } from 'node:child_process'

import { bundlePath } from './bundle.mjs'
import { downloadElectron, electronProgram, recentFailure, withoutScreen } from './electron.mjs'
import { followNpm, runProgram } from './program.mjs'
import { callersFolder, inProject, root, writing } from './project.mjs'
import { separateGlib } from './separate-glib.mjs'

/** Words that are for this script alone. */
const own = ['--browser', '--electron']

/**
 * Opens the studio. `--browser`, or VIT_STUDIO_SHELL=browser, opens it in the browser; `--electron` tries to download
 * Electron even where that has failed a short while ago.
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
 * Runs Electron to its end.
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

/** A crash later than this is one of the studio, not of a machine on which Electron does not run. */
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

// The person's own doing, or that of the system at its end.
const ordinaryEnds = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL']

// By 2 the studio ends that has said itself why it cannot open.
const ordinaryCodes = [0, 2]

/**
 * Waits for a program to end.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string | null>} what was wrong with its end; null where nothing was
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
