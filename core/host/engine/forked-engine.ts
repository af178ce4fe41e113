/** @file The engine as a child process of Node, for the browser shell. */
import { fork } from 'node:child_process'

import type { EngineProcess } from './engine-host.ts'
import { processPort } from './process-port.ts'

/** Starts the engine in the file `entry`. */
export function forkEngine(entry: string): EngineProcess {
  // Flags of this process, a debugger's for example, do not concern the engine.
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const { post, onMessage } = processPort(child)
  return {
    pid: () => child.pid,
    post,
    onMessage,
    onOutput: (listener) => void child.stderr?.on('data', (chunk: Buffer) => listener(String(chunk))),
    onExit: (listener) => {
      child.once('exit', (code, signal) => listener(code === 0 ? null : (signal ?? `code ${code}`)))
      // It did not even start: nothing else reports that.
      child.once('error', ({ message }) => {
        if (child.pid === undefined) listener(message)
      })
    },
    end: () => {
      if (child.connected) child.disconnect()
    },
  }
}
