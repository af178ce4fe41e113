/** @file The engine process as the server sees it: started when it is needed, and again when it has died. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

import { AppError } from '../../errors.ts'
import { connect } from '../../api/client.ts'
import type { Client } from '../../api/rpc.ts'
import { engineContract } from './engine-contract.ts'
import { log } from './log.ts'
import { processPort } from './process-port.ts'

export type EngineApi = Client<typeof engineContract>

/** Keeps one engine process. */
export interface EngineHost {
  /** The engine's methods. Whatever is under way when the process dies throws AppError `internal`, in plain words. */
  readonly api: () => EngineApi
  /** The process that runs now, if any. */
  readonly pid: () => number | undefined
  /** Lets the engine save what it trains and end. */
  readonly close: () => Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly api: EngineApi
}

/** A host for the engine in the file `entry`; nothing is started yet. */
export function createEngineHost(entry: string): EngineHost {
  let running: Running | null = null
  let isClosed = false
  return {
    api: () => {
      if (isClosed) throw new AppError('cancelled', 'The studio is being closed.')
      running ??= start(entry, () => (running = null))
      return running.api
    },
    pid: () => running?.child.pid,
    close: async () => {
      isClosed = true
      if (running === null) return
      const { child } = running
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

const keptOutput = 4000

function start(entry: string, onEnd: () => void): Running {
  // Flags of this process, a debugger's for example, are none of the engine's business.
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => (output = (output + String(chunk)).slice(-keptOutput)))
  let reason = 'it could not be started'
  child.once('exit', (code, signal) => {
    reason = signal ?? `code ${code}`
    onEnd()
    if (code !== 0) log(`The engine ended with ${reason}. ${output}`)
  })
  const port = {
    ...processPort(child),
    // Later than `disconnect`, when it is known how it ended.
    onClose: (listener: () => void) => void child.once('exit', listener),
  }
  return { child, api: connect(port, engineContract, () => hasDied(reason)) }
}

function hasDied(reason: string): AppError {
  const why = reason === 'SIGKILL' ? ', as it happens when the memory is used up' : ''
  return new AppError(
    'internal',
    `The engine, which does the computing, has ended unexpectedly (${reason})${why}. What was saved is intact: press ` +
      'Continue to go on from there, with a new engine.',
    { reason },
  )
}
