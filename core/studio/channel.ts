/** @file Progress reported by callbacks, read as a stream. */

/** Items that are pushed while a piece of work runs. */
export interface Channel<T> {
  readonly push: (item: T) => void
  /** Every item pushed so far and from now on, until `work` has ended, successfully or not. */
  readonly until: (work: Promise<unknown>) => AsyncGenerator<T, void, void>
}

/** An empty channel for one reader. */
export function createChannel<T>(): Channel<T> {
  const items: T[] = []
  let wake: (() => void) | undefined
  return {
    push: (item) => {
      items.push(item)
      wake?.()
    },
    until: async function* (work) {
      let isOver = false
      const finish = (): void => {
        isOver = true
        wake?.()
      }
      void work.then(finish, finish)
      for (;;) {
        yield* items.splice(0)
        if (items.length > 0) continue
        if (isOver) return
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}
