/** @file The engine as a utility process of Electron: a crash in it, or in a driver, does not affect the window. */
import { utilityProcess } from 'electron'

import { endMessage } from '../core/host/engine/engine-parent.ts'
import type { EngineProcess } from '../core/host/engine/engine-host.ts'

/** Starts the engine in the file `entry`. */
export function startUtilityEngine(entry: string): EngineProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'ViT Studio engine',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  })
  return {
    pid: () => child.pid,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin, only windows do
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onOutput: (listener) => void child.stderr?.on('data', (chunk: Buffer) => listener(String(chunk))),
    onExit: (listener) => void child.once('exit', (code) => listener(reasonOf(code))),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin, only windows do
    end: () => child.postMessage(endMessage),
  }
}

// As waitpid reports it, or as a shell would.
const killed: readonly number[] = [9, 137]

function reasonOf(code: number): string | null {
  if (code === 0) return null
  return process.platform !== 'win32' && killed.includes(code) ? 'SIGKILL' : `code ${code}`
}
