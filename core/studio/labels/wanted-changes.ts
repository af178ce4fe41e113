/** @file What a person asks for, as changes of marks and classes. Names are checked here; files are not looked at. */
import { markLookup } from '../../data/apply-labels.ts'
import { classNamed, newClassName } from '../../data/class-name.ts'
import { renameClasses } from '../../data/label-changes.ts'
import { classNames, labelOfImage, marksOf, type Mark } from '../../data/labels.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { Labelling, Wanted } from './project-labels.ts'

/** Images of one folder, by path. */
export interface ChosenImages {
  readonly root: string
  readonly paths: readonly string[]
}

/** Images that are to have a label; null takes it away. */
export interface LabelGroup extends ChosenImages {
  readonly label: string | null
}

// So many can be named in a menu.
const mostNames = 3

/** Gives images labels. Classes that do not exist yet are made. @throws AppError `invalid_input` for a name that cannot be */
export function labelImages(
  groups: readonly LabelGroup[],
  kind: 'label' | 'table' = 'label',
): (labelling: Labelling) => Wanted {
  return (labelling) => {
    const { labels, classes } = labelling
    const known = new Set(classes)
    const made: string[] = []
    const nameOf = (label: string): string => {
      const existing = classNamed(label, known)
      if (existing !== undefined) return existing
      const name = newClassName(label, known)
      known.add(name)
      made.push(name)
      return name
    }
    const named = groups.map((group) => ({
      ...group,
      label: group.label === null ? null : nameOf(group.label),
    }))
    const ofFolder = classNames(labels)
    const change = markChanger(labelling)
    for (const { label, ...images } of named) {
      change.each(images, (mark, path) => {
        const others = withoutLabel(mark)
        return labelOfImage(path, others, ofFolder) === label ? others : { ...others, label }
      })
    }
    const names = [...new Set(named.map(({ label }) => label))].slice(0, mostNames)
    const { renamed } = labels
    return {
      difference: { marks: change.marks, classes: { made: [...labels.made, ...made], renamed } },
      step: { kind, names },
    }
  }
}

/** Forgets labels that were given. */
export function asInFolders(chosen: readonly ChosenImages[]): (labelling: Labelling) => Wanted {
  return marking(chosen, 'asFolder', withoutLabel)
}

/** Leaves images out of everything, or takes them back. */
export function leaveOut(
  chosen: readonly ChosenImages[],
  leftOut: boolean,
): (labelling: Labelling) => Wanted {
  return marking(chosen, leftOut ? 'leaveOut' : 'takeBack', (mark) => ({ ...mark, leftOut }))
}

/** Holds images back, or leaves that to the draw. @throws AppError `invalid_input` where a folder is held back */
export function holdBack(
  chosen: readonly ChosenImages[],
  heldBack: boolean,
): (labelling: Labelling) => Wanted {
  const want = marking(chosen, heldBack ? 'holdBack' : 'automatic', (mark) => ({ ...mark, heldBack }))
  return (labelling) => {
    if (!heldBack || !labelling.hasValidation) return want(labelling)
    throw new AppError(
      'invalid_input',
      say`This project has a folder of images that are held back. Put these into that folder, or take the folder away first.`,
    )
  }
}

/** Makes a class. @throws AppError `invalid_input` for a name that cannot be */
export function makeClass(name: string): (labelling: Labelling) => Wanted {
  return ({ labels: { made, renamed }, classes }) => {
    const made1 = newClassName(name, classes)
    return {
      difference: { marks: new Map(), classes: { made: [...made, made1], renamed } },
      step: { kind: 'makeClass', names: [made1] },
    }
  }
}

/** Renames a class. @throws AppError `not_found`, `invalid_input` for a name that cannot be */
export function renameClass(name: string, to: string): (labelling: Labelling) => Wanted {
  return (labelling) => {
    const from = requireClass(name, labelling)
    const others = labelling.classes.filter((one) => one !== from)
    const now = newClassName(to, others)
    return { difference: called(labelling, [from], now), step: { kind: 'renameClass', names: [from, now] } }
  }
}

/** Makes one class of several. @throws AppError `not_found`, `invalid_input` for a name that cannot be */
export function mergeClasses(names: readonly string[], into: string): (labelling: Labelling) => Wanted {
  return (labelling) => {
    const from = names.map((name) => requireClass(name, labelling))
    const others = labelling.classes.filter((one) => !from.includes(one))
    const now = classNamed(into, labelling.classes) ?? newClassName(into, others)
    return {
      difference: called(labelling, [...from, now], now),
      step: { kind: 'mergeClasses', names: [...from.slice(0, mostNames), now] },
    }
  }
}

/** Takes the label from the images of a class, and the class away. @throws AppError `not_found` */
export function deleteClass(name: string): (labelling: Labelling) => Wanted {
  return (labelling) => {
    const from = requireClass(name, labelling)
    return { difference: called(labelling, [from], null), step: { kind: 'deleteClass', names: [from] } }
  }
}

function called(
  { labels, listed }: Labelling,
  names: readonly string[],
  to: string | null,
): Wanted['difference'] {
  const folders = [...new Set(listed.flatMap(({ classes }) => classes))]
  return renameClasses(labels, folders, new Set(names), to)
}

function requireClass(name: string, { classes }: Labelling): string {
  const found = classNamed(name, classes)
  if (found !== undefined) return found
  throw new AppError(
    'not_found',
    say`There is no kind called “${name}”. It may have been renamed; choose another.`,
  )
}

function marking(
  chosen: readonly ChosenImages[],
  kind: Wanted['step']['kind'],
  now: (mark: Mark) => Mark,
): (labelling: Labelling) => Wanted {
  return (labelling) => {
    const change = markChanger(labelling)
    for (const images of chosen) change.each(images, now)
    const { made, renamed } = labelling.labels
    return {
      difference: { marks: change.marks, classes: { made, renamed } },
      step: { kind, names: [] },
    }
  }
}

function withoutLabel(mark: Mark): Mark {
  const { label: _, ...others } = mark
  return others
}

interface MarkChanger {
  readonly marks: Map<string, Map<string, Mark>>
  /** Sets what is said of these images to what `now` makes of it. */
  readonly each: (images: ChosenImages, now: (mark: Mark, path: string) => Mark) => void
}

function markChanger({ labels, listed }: Labelling): MarkChanger {
  const known = marksOf(labels.images)
  const images = new Map(
    listed.map((folder) => [folder.root, new Set(folder.images.map(({ path }) => path))]),
  )
  const marks = new Map<string, Map<string, Mark>>()
  return {
    marks,
    each: ({ root, paths }, now) => {
      const there = images.get(root)
      const markOf = markLookup(root, known)
      const own = marks.get(root) ?? new Map<string, Mark>()
      marks.set(root, own)
      for (const path of paths) {
        if (there?.has(path) !== true) throw noSuchImage(root, path)
        own.set(path, now(own.get(path) ?? markOf(path) ?? {}, path))
      }
    },
  }
}

function noSuchImage(root: string, path: string): AppError {
  return new AppError(
    'not_found',
    say`${path} is not among the images of ${root}. It may have been moved or added since; check the folder again.`,
    { root, path },
  )
}
