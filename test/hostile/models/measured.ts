/** @file Opens models in a process of its own, one after the other, and ends it where one holds it for too long. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

import type { Opened, Task } from './opener.ts'

/** What came of a model, or how the process that opened it ended. */
export type Outcome = Opened | { readonly ended: string }

/** Opens models one after the other. */
export interface Opener {
  readonly open: (task: Task) => Promise<Outcome>
  readonly close: () => void
}

interface Running {
  readonly child: ChildProcess
  readonly answers: AsyncIterator<string>
  errors: string
}

/** Starts the process when it is needed, and again after one that ended; `entry` is the bundle of opener.ts. */
export function createOpener(entry: string, env: NodeJS.ProcessEnv, mostMs: number): Opener {
  let running: Running | null = null
  return {
    open: async (task) => {
      running ??= start(entry, env)
      const { child, answers } = running
      child.stdin?.write(`${JSON.stringify(task)}\n`)
      const patience = setTimeout(() => child.kill('SIGKILL'), mostMs)
      const { done, value } = (await answers.next()) as IteratorResult<string, undefined>
      clearTimeout(patience)
      if (done !== true) return JSON.parse(value) as Opened
      const { signalCode, exitCode } = child
      const ended = `${signalCode ?? exitCode} ${running.errors.slice(0, 2000)}`
      running = null
      return { ended }
    },
    close: () => running?.child.kill('SIGKILL'),
  }
}

function start(entry: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, ['--expose-gc', entry], { env, stdio: 'pipe' })
  const running: Running = {
    child,
    answers: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
    errors: '',
  }
  child.stdin.on('error', () => undefined)
  child.stderr.on('data', (text) => (running.errors += String(text)))
  return running
}
