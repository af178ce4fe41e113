/** @file What was found damaged when a run was resumed, and what was done about it: data, and sentences for a terminal. */
import { assertNever } from '../errors.ts'

export type RunNote =
  /** The newest checkpoint is damaged: the run continues from the previous one, after this step. */
  | { readonly type: 'olderCheckpoint'; readonly step: number }
  /** No checkpoint can be used: the run starts over, to the same numbers. */
  | { readonly type: 'startsOver' }
  /** The best weights, those after this step, are missing or damaged: the best are chosen from here on. */
  | { readonly type: 'bestLost'; readonly step: number }
  /** The history is damaged; this many of the steps done are missing in it. */
  | { readonly type: 'historyGap'; readonly steps: number }

/** A note in plain words. */
export function sentenceOfNote(note: RunNote): string {
  switch (note.type) {
    case 'olderCheckpoint':
      return `The newest checkpoint is damaged. The run continues from the previous one, after step ${note.step}.`
    case 'startsOver':
      return 'The checkpoint is damaged and there is no earlier one. The run starts over; it will give the same numbers.'
    case 'bestLost':
      return `The best weights so far, those after step ${note.step}, are missing or damaged. The best are chosen from here on.`
    case 'historyGap':
      return `metrics.jsonl is damaged: ${note.steps} of the steps done are missing from it. Training itself is not affected.`
    default:
      return assertNever(note)
  }
}
