/** @file What was found damaged when a run was resumed, and what was done about it: data, and sentences for a terminal. */
import { assertNever } from '../../errors.ts'

export type RunNote =
  /** The newest checkpoint is damaged: the run continues from the previous one, after this step. */
  | { readonly type: 'olderCheckpoint'; readonly step: number }
  /** No checkpoint can be used: the run starts over, to the same numbers. */
  | { readonly type: 'startsOver' }
  /** The best weights, those after this step, are missing or damaged: the best are chosen from here on. */
  | { readonly type: 'bestLost'; readonly step: number }
  /** The history is damaged; this many of the steps done are missing in it. */
  | { readonly type: 'historyGap'; readonly steps: number }
  /** What was saved of this trial of the search, counted from 1, is damaged: what is lost of it is repeated. */
  | { readonly type: 'trialRepeated'; readonly trial: number }
  /** So many images are other files than when the run began, or are gone; the first of them by name. */
  | { readonly type: 'imagesChanged' | 'imagesMissing'; readonly images: number; readonly example: string }

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
    case 'trialRepeated':
      return `What was saved of trial ${note.trial} of the search is damaged. What is lost is repeated, to the same numbers.`
    case 'imagesChanged':
      return (
        `${countOf(note.images, 'image has', 'images have')} changed since the run began, such as ${note.example}. ` +
        `The run continues with what is there now and will not give the same numbers; put the old files back to have these.`
      )
    case 'imagesMissing':
      return (
        `${countOf(note.images, 'image is', 'images are')} no longer there, such as ${note.example}. ` +
        `Others of the same class take ${note.images === 1 ? 'its' : 'their'} place, and the run will not give the same numbers.`
      )
    default:
      return assertNever(note)
  }
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
