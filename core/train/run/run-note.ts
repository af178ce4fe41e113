/** @file What was found damaged or changed when a run was resumed: in sentences for a terminal, and as its record keeps it. */
import { assertNever } from '../../errors.ts'
import type { RunNote } from '../events.ts'

/** Those of earlier resumes and the new ones, each of them once: what stays damaged is found again every time. */
export function withNotes(earlier: readonly RunNote[], found: readonly RunNote[]): RunNote[] {
  const distinct = new Map([...earlier, ...found].map((note) => [JSON.stringify(note), note]))
  return [...distinct.values()]
}

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
