/** @file What can be undone and done again in a project: a file beside the project's own, bounded in length and size. */
import { join } from 'node:path'

import * as z from 'zod'

import { LabelStep } from '../../api/contract/labels.ts'
import { Reversible, sizeOf } from '../../data/label-changes.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'
import { projectsFolder } from '../home.ts'

const Entry = z.object({ step: LabelStep, change: Reversible })
/** A change, and what it was. */
export type Entry = z.output<typeof Entry>

const History = z.object({
  /** Oldest first. */
  done: z.array(Entry),
  /** What was undone; the last is the first to be done again. */
  undone: z.array(Entry),
})
export type History = z.output<typeof History>

/** Nothing was done yet. */
export const noHistory: History = { done: [], undone: [] }

const mostSteps = 200
// Images in all steps together: a few megabytes.
const mostImages = 200_000

/** The history of a project; one that is damaged counts as none. */
export function historyFile(project: string): JsonFile<History> {
  return jsonFile(join(projectsFolder(), project, 'label-history.json'), History, { damaged: 'nothing' })
}

/** The history after a change, which is the end of what was undone; the oldest steps go when there are too many. */
export function withEntry({ done }: History, entry: Entry): History {
  const kept: Entry[] = []
  let images = 0
  for (const one of [entry, ...done.toReversed()].slice(0, mostSteps)) {
    images += sizeOf(one.change)
    // The newest can always be undone.
    if (kept.length > 0 && images > mostImages) break
    kept.push(one)
  }
  return { done: kept.reverse(), undone: [] }
}
