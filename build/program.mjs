/** @file Runs a bundled program as if it had been started without npm. */
import { pathToFileURL } from 'node:url'

import { callersFolder } from './project.mjs'

/**
 * Runs a bundled program in this very process, so that signals, exit code and memory are its own.
 *
 * @param {string} program
 * @param {string[]} args
 */
export async function runProgram(program, args) {
  // ONNX Runtime reports home unless this is set before it is loaded.
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  process.setSourceMapsEnabled(true)
  process.chdir(callersFolder())
  process.argv = [process.execPath, program, ...args]
  followNpm()
  await import(pathToFileURL(program).href)
}

let isFollowing = false

/** Compensates for what npm and the shell it starts do to signals on their way to the program. */
export function followNpm() {
  if (isFollowing || process.env['npm_lifecycle_event'] === undefined) return
  isFollowing = true
  endWithParent()
  for (const signal of ['SIGINT', 'SIGTERM']) muteEcho(signal)
}

/** Ends this process when npm has been ended: a shell between the two forwards no signals. */
function endWithParent() {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1000)
  watch.unref()
}

/**
 * Treats a signal that arrives twice as one: the terminal sends Ctrl-C to all its processes, and npm forwards its own.
 * A program that gets a second one stops at once.
 *
 * @param {string} signal
 */
function muteEcho(signal) {
  let isHeard = false
  const listener = () => {
    if (isHeard) return
    isHeard = true
    const isUnhandled = process.listenerCount(signal) === 1
    const stopMuting = () => process.off(signal, listener)
    if (isUnhandled) {
      stopMuting()
      process.kill(process.pid, signal)
    } else {
      setTimeout(stopMuting, 500).unref()
    }
  }
  process.on(signal, listener)
}
