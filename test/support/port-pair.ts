/** @file Two ports in one process, joined. */
import type { ClosablePort } from '../../core/api/port.ts'

/** Two ends that carry messages to each other as copies, each in its own task; closing one closes both. */
export function portPair(): readonly [ClosablePort, ClosablePort] {
  const ends = [createEnd(), createEnd()] as const
  const isOpen = { value: true }
  const close = (): void => {
    if (!isOpen.value) return
    isOpen.value = false
    for (const end of ends) end.closed.forEach((listener) => listener())
  }
  const portOf = (own: End, other: End): ClosablePort => ({
    post: (message) => {
      const copy = structuredClone(message)
      queueMicrotask(() => {
        if (isOpen.value) other.received.forEach((listener) => listener(copy))
      })
    },
    onMessage: (listener) => void own.received.push(listener),
    onClose: (listener) => void own.closed.push(listener),
    close,
  })
  return [portOf(ends[0], ends[1]), portOf(ends[1], ends[0])]
}

interface End {
  readonly received: ((message: unknown) => void)[]
  readonly closed: (() => void)[]
}

function createEnd(): End {
  return { received: [], closed: [] }
}
