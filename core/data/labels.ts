/**
 * @file What a person said of the images of a folder: their labels, what is left out or held back, and what the classes
 * are called. The files stay where they are; where nothing was said, the folder that an image is in is its class.
 */
import * as z from 'zod'

const className = z.string().min(1)
const paths = z.array(z.string().min(1))

/** What was said of images of one folder. Paths are relative to `root`, with `/` between the parts. */
export const SaidOfImages = z.object({
  root: z.string().min(1),
  labels: z.array(z.object({ label: className, paths })),
  /** Images without a label, whatever folder they are in. */
  none: paths,
  /** Images that are not used at all. */
  leftOut: paths,
  /** Images that are held back for validation, whatever is drawn. */
  heldBack: paths,
})
export type SaidOfImages = z.output<typeof SaidOfImages>

/** What was said of the classes. */
export const SaidOfClasses = z.object({
  /** Classes that no folder stands for. */
  made: z.array(className),
  /** What the class of a folder is called; null where it is no class. Folders with the same name here are one class. */
  renamed: z.array(z.object({ folder: className, name: className.nullable() })),
})
export type SaidOfClasses = z.output<typeof SaidOfClasses>

/** Everything a person said of a project's images. */
export const Labels = SaidOfClasses.extend({
  images: z.array(SaidOfImages),
  /** Absolute paths of photos that a person added and the project keeps itself. They are found there, never stored here. */
  added: z.array(z.string()).readonly().optional(),
})
export type Labels = z.output<typeof Labels>

/** Nothing was said. */
export const noLabels: Labels = { made: [], renamed: [], images: [] }

/** What was said of one image; what is undefined was not said. */
export interface Mark {
  /** Null for an image without a label. */
  readonly label?: string | null
  readonly leftOut?: boolean
  readonly heldBack?: boolean
}

/** Marks by root and path. */
export type Marks = ReadonlyMap<string, ReadonlyMap<string, Mark>>

/** What was said, by image. Of an image that is named twice, the last label counts. */
export function marksOf(images: readonly SaidOfImages[]): Map<string, Map<string, Mark>> {
  const marks = new Map<string, Map<string, Mark>>()
  for (const { root, labels, none, leftOut, heldBack } of images) {
    const own = marks.get(root) ?? new Map<string, Mark>()
    marks.set(root, own)
    const add = (all: readonly string[], part: Mark): void => {
      for (const path of all) own.set(path, { ...own.get(path), ...part })
    }
    for (const { label, paths: labelled } of labels) add(labelled, { label })
    add(none, { label: null })
    add(leftOut, { leftOut: true })
    add(heldBack, { heldBack: true })
  }
  return marks
}

/** Marks as they are stored; folders of which nothing is said are left out. */
export function toSaid(marks: Marks): SaidOfImages[] {
  return [...marks].flatMap(([root, own]) => {
    const labels = new Map<string, string[]>()
    const said: SaidOfImages = { root, labels: [], none: [], leftOut: [], heldBack: [] }
    for (const [path, { label, leftOut, heldBack }] of own) {
      if (label === null) said.none.push(path)
      else if (label !== undefined) push(labels, label, path)
      if (leftOut === true) said.leftOut.push(path)
      if (heldBack === true) said.heldBack.push(path)
    }
    return own.size === 0
      ? []
      : [{ ...said, labels: [...labels].map(([label, all]) => ({ label, paths: all })) }]
  })
}

/** Whether a path is that of a photo that was added from elsewhere, which is absolute. */
export function isAddedPath(path: string): boolean {
  return /^([/\\]|[A-Za-z]:)/.test(path)
}

/**
 * The folder at the top that an image lies in, which is its class where nothing else was said; null for a loose image, and
 * for one that was added from elsewhere, whose path is absolute.
 */
function folderOfPath(path: string): string | null {
  if (isAddedPath(path)) return null
  const end = path.indexOf('/')
  return end < 0 ? null : path.slice(0, end)
}

/** Says what the class of a folder is called. */
export type ClassNames = (folder: string) => string | null

/** The names of the classes of folders. */
export function classNames({ renamed }: SaidOfClasses): ClassNames {
  const names = new Map(renamed.map(({ folder, name }) => [folder, name]))
  return (folder) => {
    const name = names.get(folder)
    return name === undefined ? folder : name
  }
}

/** The label of an image; null if it has none. */
export function labelOfImage(path: string, mark: Mark | undefined, nameOf: ClassNames): string | null {
  if (mark?.label !== undefined) return mark.label
  const folder = folderOfPath(path)
  return folder === null ? null : nameOf(folder)
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
