/**
 * @file Electron's utility process made of a child process of Node: it has `process.parentPort` and no channel of
 * Node's own, and its parent is informed by the events in Electron's types.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'

import type { UtilityProcess } from 'electron'
import { onTestFinished } from 'vitest'

// Runs in the child before its program.
const parentPort = `
import { EventEmitter } from 'node:events'
const send = process.send.bind(process)
const port = Object.assign(new EventEmitter(), { postMessage: (message) => void send(message) })
const receive = (data) => port.emit('message', { data, ports: [] })
// What comes early waits for the program to listen.
port.once('newListener', () => setImmediate(() => process.on('message', receive)))
process.parentPort = port
process.send = undefined
`

type Parts = Pick<UtilityProcess, 'pid' | 'stderr' | 'stdout' | 'postMessage' | 'kill'>

/** `utilityProcess.fork`, for the time of a test. */
export function fakeFork(entry: string): UtilityProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(parentPort)}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const events = new EventEmitter()
  child.on('message', (message) => events.emit('message', message))
  child.on('exit', (code, signal) => events.emit('exit', code ?? (signal === 'SIGKILL' ? 9 : 1)))
  return Object.assign(events, partsOf(child))
}

function partsOf(child: ChildProcess): Parts {
  return {
    pid: child.pid,
    stderr: child.stderr,
    stdout: child.stdout,
    postMessage: (message) => void child.send(message as object | string),
    kill: () => child.kill(),
  }
}
