/** @file What started the engine process, as the engine sees it: Node, or Electron with its utility process. */
import type { Port } from '../../api/rpc.ts'
import { processPort, type Forked } from './process-port.ts'

/** What Electron gives a utility process instead of Node's own channel. */
export interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

/** The engine's way to its parent. */
export interface EngineParent {
  readonly port: Port
  /** Called when the engine should save and exit: it was asked to, or its parent is gone. */
  readonly onEnd: (listener: () => void) => void
}

/** Asks a utility process to exit. Electron's channel has no `disconnect`, and signals are left to the parent. */
export const endMessage = 'end'

/** The parent of this process. */
export function engineParent(self: Forked & { readonly parentPort?: ParentPort }): EngineParent {
  const { parentPort } = self
  if (parentPort === undefined) {
    return { port: processPort(self), onEnd: (listener) => void self.on('disconnect', listener) }
  }
  return {
    port: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin, only windows do
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data)),
      // A utility process is ended together with its parent.
      onClose: () => undefined,
    },
    onEnd: (listener) =>
      void parentPort.on('message', ({ data }) => {
        if (data === endMessage) listener()
      }),
  }
}
