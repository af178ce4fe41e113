/**
 * @file What a person says of a project's images: labels, what is left out or held back, the classes. Files stay where
 * they are. Every change says what is different now, and can be undone, by whatever window.
 */
import * as z from 'zod'

import { SkippedFile } from '../../data/finding.ts'
import { computed } from '../placement.ts'
import { call, stream } from '../rpc.ts'
import { TablePreview, TableRequest } from './label-tables.ts'
import { SuggestItem, SuggestRequest } from './suggestions.ts'
import { ImageToPredict } from './predict.ts'
import { bytes, CopiedImages, longAction, text } from './values.ts'

/** Images of one folder of a project, which may be its validation folder. */
const SomeImages = z.object({
  root: text,
  /** Relative to the folder, with `//` between them. */
  paths: text,
})

/** How some images are labelled, in columns. */
export const LabelColumns = SomeImages.extend({
  /** For each an index into the classes, −1 without a label, as little-endian signed 32-bit numbers. */
  labels: bytes,
  /** For each a byte of `imageFlags`. */
  flags: bytes,
})
export type LabelColumns = z.output<typeof LabelColumns>

/** Bits of what a person said of an image; without any, its folder says everything. */
export const imageFlags = { leftOut: 1, heldBack: 2, labelled: 4 } as const

/** What a change was, for a menu that says what would be undone. */
export const LabelStep = z.object({
  kind: z.enum([
    'label',
    'leaveOut',
    'takeBack',
    'holdBack',
    'automatic',
    'asFolder',
    'makeClass',
    'renameClass',
    'mergeClasses',
    'deleteClass',
    'table',
  ]),
  /** How many were changed. */
  images: z.int(),
  /** The labels or classes that it was about, if they are few; null is no label. */
  names: z.array(z.string().nullable()),
})
export type LabelStep = z.output<typeof LabelStep>

const history = {
  /** What `undo` would take back, and `redo` do again; null if there is nothing. */
  undo: LabelStep.nullable(),
  redo: LabelStep.nullable(),
}

/** Everything that is not as the folders say. */
export const LabelState = z.object({
  /** All classes, in the order of their names; those without an image, too. */
  classes: z.array(z.string()),
  /** Only images of which something was said. */
  images: z.array(LabelColumns),
  ...history,
})
export type LabelState = z.output<typeof LabelState>

/** The result of a change. */
export const LabelChange = z.object({
  /** As they are now. Where a class came or went, the others have other indices. */
  classes: z.array(z.string()),
  /** Images that are labelled otherwise than before, as they are now. */
  images: z.array(LabelColumns),
  /** What was done; of `undo` and `redo`, what was taken back or done again. Null where everything was so already. */
  step: LabelStep.nullable(),
  ...history,
})
export type LabelChange = z.output<typeof LabelChange>

/** An image whose file may be moved into the folder of its label. */
export const LabelledFile = z.object({ root: text, path: text, label: text })
export type LabelledFile = z.output<typeof LabelledFile>

/** The result of moving files; paths are absolute. */
export const MovedFiles = z.object({
  moved: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Files that stayed where they were; their labels are kept. */
  failed: z.array(SkippedFile),
})
export type MovedFiles = z.output<typeof MovedFiles>

const project = z.object({ project: text })
const images = z.array(SomeImages).max(1000)
/** A class by its name; a name that is no name for a folder, or differs from another's in case only, is refused. */
const className = z.string().max(1000)

/** Methods. The classes and labels are names, so that nothing depends on what a window knew when it asked. */
export const labels = {
  get: call(project, LabelState),
  /** Labels images, each group with one label; null takes the label away. A class that does not exist yet is made. */
  set: call(
    project.extend({ groups: z.array(SomeImages.extend({ label: className.nullable() })).max(1000) }),
    LabelChange,
  ),
  /** Forgets which labels were given, so that the folder an image is in counts again. */
  asFolder: call(project.extend({ images }), LabelChange),
  /** Leaves images out of everything, or takes them back. */
  leaveOut: call(project.extend({ images, leftOut: z.boolean() }), LabelChange),
  /**
   * Holds images back for validation, together with those that look just like them, or leaves that to the draw.
   * Refused where the project has a folder of validation images.
   */
  holdBack: call(project.extend({ images, heldBack: z.boolean() }), LabelChange),
  /** Copies an image into the project's own folder, with its label, so that the next training learns from it. */
  addPhoto: call(project.extend({ image: ImageToPredict, label: className }), z.object({ path: z.string() })),
  makeClass: call(project.extend({ name: className }), LabelChange),
  /** Refused where a class has that name, which is `mergeClasses`. */
  renameClass: call(project.extend({ name: className, to: className }), LabelChange),
  /** Makes one class of several; `into` may be one of them or new. */
  mergeClasses: call(project.extend({ names: z.array(className).min(1), into: className }), LabelChange),
  /** Its images lose their label. */
  deleteClass: call(project.extend({ name: className }), LabelChange),
  undo: call(project, LabelChange),
  redo: call(project, LabelChange),
  /** What a table of labels would change. */
  previewTable: call(TableRequest, TablePreview),
  /** Labels the images that a table names, in one change. */
  applyTable: call(TableRequest, LabelChange),
  /** Suggests labels; asked again after more were given, it only fits the probe. */
  suggest: computed(stream(SuggestRequest, SuggestItem)),
  /**
   * Copies the images that have a label into class folders of an empty or new folder: below `train` and `val` if those
   * that are held back are to be apart. Files stay where they are.
   */
  copyImages: stream(
    project.extend({ to: text, heldBackApart: z.boolean() }),
    longAction({ result: CopiedImages }),
  ),
  /**
   * Moves files into the folders of the labels that were given, without overwriting anything: only those that the person
   * has seen in a list, that the project has, and that are images of its own folders.
   */
  moveFiles: stream(project.extend({ files: z.array(LabelledFile) }), longAction({ result: MovedFiles })),
} as const
