/** @file A port between a process and the one that forked it, over Node's own channel. */
import type { Port } from '../../api/rpc.ts'

/** What a forked child and the child's own `process` have in common. */
export interface Forked {
  readonly connected: boolean
  send?(message: unknown, callback: (error: Error | null) => void): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/** A port over the channel of a forked process. What is posted after the other end is gone is dropped. */
export function processPort(forked: Forked): Port {
  return {
    post: (message) => {
      // A failed send is followed by `disconnect`, which says the same to everyone.
      if (forked.connected) forked.send?.(message, () => undefined)
    },
    onMessage: (listener) => void forked.on('message', listener),
    onClose: (listener) => void forked.on('disconnect', listener),
  }
}
