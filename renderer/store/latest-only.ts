/** @file One action at a time: a new one ends the previous one. */
import { wordsOfError } from '../text/sentences.ts'

/** Runs actions of which only the newest counts. */
export interface Single {
  /** Ends what runs, then runs `action`; whatever it throws goes to `onError` as a sentence, unless it was ended. */
  readonly run: (
    action: (signal: AbortSignal) => Promise<void>,
    onError: (message: string) => void,
  ) => Promise<void>
  /** Ends what runs. */
  readonly end: () => void
}

/** A runner with no action in progress. */
export function createLatestOnly(): Single {
  let current: AbortController | null = null
  const end = (): void => {
    current?.abort()
    current = null
  }
  return {
    end,
    run: async (action, onError) => {
      end()
      const own = new AbortController()
      current = own
      try {
        await action(own.signal)
      } catch (error) {
        if (!own.signal.aborted) onError(wordsOfError(error))
      }
    },
  }
}
