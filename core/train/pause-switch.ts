/** @file A switch that pauses training between two steps: the processor is free, everything stays in memory. */

/** Set by whoever watches the training, checked by the training itself. */
export interface PauseSwitch {
  readonly isOn: () => boolean
  readonly set: (on: boolean) => void
  /** Resolves once it is off, or once the signal is aborted. */
  readonly released: (signal: AbortSignal | undefined) => Promise<void>
}

/** A switch that is off. */
export function createPauseSwitch(): PauseSwitch {
  let isOn = false
  const waiting = new Set<() => void>()
  const release = (): void => {
    const listeners = [...waiting]
    waiting.clear()
    listeners.forEach((listener) => listener())
  }
  return {
    isOn: () => isOn,
    set: (on) => {
      isOn = on
      if (!on) release()
    },
    released: async (signal) => {
      if (!isOn || signal?.aborted === true) return
      await new Promise<void>((resolve) => {
        waiting.add(resolve)
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
    },
  }
}
