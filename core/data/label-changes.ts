/** @file Changes of what was said of images, each with what it was before, so that it can be undone. Nothing is modified. */
import * as z from 'zod'

import {
  classNames,
  labelOfImage,
  marksOf,
  SaidOfClasses,
  SaidOfImages,
  toSaid,
  type Labels,
  type Mark,
  type Marks,
} from './labels.ts'

/** What is said of some images, those of which nothing is said named too, and of the classes. */
const Said = SaidOfClasses.extend({
  images: z.array(SaidOfImages.extend({ nothing: z.array(z.string()) })),
})
type Said = z.output<typeof Said>

/** The same images and classes, before and after a change. */
export const Reversible = z.object({ before: Said, after: Said })
export type Reversible = z.output<typeof Reversible>

/** What is to be different: marks that replace those of the same images (an empty one says nothing), and the classes. */
export interface Difference {
  readonly marks: Marks
  readonly classes: SaidOfClasses
}

/** The difference between what was said and what is to be. */
export function reversible(labels: Labels, { marks, classes }: Difference): Reversible {
  const known = marksOf(labels.images)
  const before = new Map(
    [...marks].map(([root, own]) => {
      const earlier = known.get(root)
      return [root, new Map([...own.keys()].map((path) => [path, earlier?.get(path) ?? {}]))]
    }),
  )
  return { before: saidOf(before, labels), after: saidOf(marks, classes) }
}

/** The labels, with what is said of some images replaced. */
export function withSaid(labels: Labels, { made, renamed, images }: Said): Labels {
  const marks = marksOf(labels.images)
  for (const { nothing, ...said } of images) {
    const own = marks.get(said.root) ?? new Map<string, Mark>()
    marks.set(said.root, own)
    // Replaced as a whole: what is not said now was taken back.
    const now = marksOf([said]).get(said.root) ?? new Map<string, Mark>()
    for (const [path, mark] of now) own.set(path, mark)
    for (const path of nothing) own.delete(path)
  }
  return { made, renamed, images: toSaid(marks) }
}

/** How many images a change is about. */
export function sizeOf({ after }: Reversible): number {
  return after.images.reduce((sum, said) => sum + pathsIn(said).size, 0)
}

function pathsIn({ labels, none, leftOut, heldBack, nothing }: Said['images'][number]): Set<string> {
  return new Set([...labels.flatMap(({ paths }) => paths), ...none, ...leftOut, ...heldBack, ...nothing])
}

function saidOf(marks: Marks, { made, renamed }: SaidOfClasses): Said {
  const images = [...marks].map(([root, own]) => {
    const [said = { root, labels: [], none: [], leftOut: [], heldBack: [] }] = toSaid(new Map([[root, own]]))
    return { ...said, nothing: [...own].flatMap(([path, mark]) => (isEmpty(mark) ? [path] : [])) }
  })
  return { made: [...made], renamed: [...renamed], images }
}

function isEmpty({ label, leftOut, heldBack }: Mark): boolean {
  return label === undefined && leftOut !== true && heldBack !== true
}

/**
 * Gives some classes one name, or none, which takes the label from their images. `folders` are the class folders there
 * are.
 */
export function renameClasses(
  labels: Labels,
  folders: readonly string[],
  names: ReadonlySet<string>,
  to: string | null,
): Difference {
  const nameOf = classNames(labels)
  const known = new Set([...folders, ...labels.renamed.map(({ folder }) => folder)])
  const renamed = [...known].flatMap((folder) => {
    const name = nameOf(folder)
    const now = name !== null && names.has(name) ? to : name
    return now === folder ? [] : [{ folder, name: now }]
  })
  const hasFolder = folders.some((folder) => classNames({ made: [], renamed })(folder) === to)
  const kept = labels.made.filter((name) => !names.has(name) && name !== to)
  const made = to === null || hasFolder ? kept : [...kept, to]
  const nowOf = classNames({ made, renamed })
  const marks = new Map<string, Map<string, Mark>>()
  for (const [root, own] of marksOf(labels.images)) {
    const changed = new Map<string, Mark>()
    for (const [path, { label, ...mark }] of own) {
      if (typeof label !== 'string' || !names.has(label)) continue
      // What the folder says by now need not be said.
      changed.set(path, labelOfImage(path, mark, nowOf) === to ? mark : { ...mark, label: to })
    }
    if (changed.size > 0) marks.set(root, changed)
  }
  return { marks, classes: { made, renamed } }
}
