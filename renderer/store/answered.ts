/** @file What a person looked at and said is right, so that it is not asked again. */
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface AnsweredSubject {
  /** Questions by `questionOf`. */
  readonly right: ReadonlySet<string>
  readonly keep: (question: string) => void
  /** Asks these again. */
  readonly askAgain: (questions: readonly string[]) => void
}

export type AnsweredStore = StoreApi<AnsweredSubject>

/** The oldest are forgotten beyond this many: the browser keeps a few megabytes. */
const mostKept = 5000

/** What was said before. */
export function createAnswered(right: readonly string[] = []): AnsweredStore {
  return createStore((set, get) => ({
    right: new Set(right),
    keep: (question) => set({ right: new Set([...get().right, question].slice(-mostKept)) }),
    askAgain: (questions) => {
      const again = new Set(questions)
      set({ right: new Set([...get().right].filter((one) => !again.has(one))) })
    },
  }))
}
