/** @file The engine process as the server sees it: started when needed, and restarted when it has died. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { connect } from '../../api/client.ts'
import type { Client, Port } from '../../api/rpc.ts'
import { engineContract } from './engine-contract.ts'
import { log } from '../../studio/log.ts'

export type EngineApi = Client<typeof engineContract>

/** Keeps one engine process. */
export interface EngineHost {
  /** The engine's methods. Whatever is in progress when the process dies throws AppError `internal`, in plain words. */
  readonly api: () => EngineApi
  /** The running process, if any. */
  readonly pid: () => number | undefined
  /** Lets the engine save what it trains and exit. */
  readonly close: () => Promise<void>
}

/** A process for the engine, however it was started. */
export interface EngineProcess {
  readonly pid: () => number | undefined
  readonly post: Port['post']
  readonly onMessage: Port['onMessage']
  /** Called with what it prints: complaints of libraries. */
  readonly onOutput: (listener: (text: string) => void) => void
  /** Called once when it has ended: null if it ended normally, else a signal's name or `code 1`. */
  readonly onExit: (listener: (reason: string | null) => void) => void
  /** Asks it to save what it trains and to exit. */
  readonly end: () => void
}

interface Running {
  readonly child: EngineProcess
  readonly api: EngineApi
  readonly ended: Promise<void>
}

/** A host for engines that `spawn` starts; nothing is started yet. */
export function createEngineHost(spawn: () => EngineProcess): EngineHost {
  let running: Running | null = null
  let isClosed = false
  return {
    api: () => {
      if (isClosed) throw new AppError('cancelled', say`The studio is being closed.`)
      running ??= watch(spawn(), () => (running = null))
      return running.api
    },
    pid: () => running?.child.pid(),
    close: async () => {
      isClosed = true
      if (running === null) return
      const { child, ended } = running
      child.end()
      await ended
    },
  }
}

const keptOutput = 4000

function watch(child: EngineProcess, onEnd: () => void): Running {
  let output = ''
  let reason = 'in order'
  child.onOutput((text) => (output = (output + text).slice(-keptOutput)))
  const ended = new Promise<void>((resolve) => {
    child.onExit((why) => {
      reason = why ?? reason
      onEnd()
      if (why !== null) log(`The engine ended with ${why}. ${output}`)
      resolve()
    })
  })
  const port: Port = {
    post: child.post,
    onMessage: child.onMessage,
    // Called once the reason is known.
    onClose: (listener) => child.onExit(listener),
  }
  return { child, ended, api: connect(port, engineContract, () => hasDied(reason)) }
}

function hasDied(reason: string): AppError {
  const told =
    reason === 'SIGKILL'
      ? say`The engine, which does the computing, has ended unexpectedly (${reason}), as happens when memory runs out.`
      : say`The engine, which does the computing, has ended unexpectedly (${reason}).`
  return new AppError(
    'internal',
    say`${told} What was saved is intact: press Continue to go on from there, with a new engine.`,
    { reason },
  )
}
