/** @file Which layout a checkpoint has, recognised by its tensors' names. */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { showShape, type Shape } from '../tensor/shape.ts'
import type { Layout } from './layout.ts'
import { layouts } from './layouts.ts'
import type { Listing } from './listing.ts'
import { misfit } from './refusal.ts'
import type { TensorFile } from './tensor-file.ts'
import { quoted } from './words.ts'

/** A checkpoint whose layout is known. */
export interface Identified {
  readonly layout: Layout
  readonly listing: Listing
  /** Names in the file by layout name. */
  readonly fileNames: ReadonlyMap<string, string>
  readonly notes: readonly Sentence[]
}

// A student, a teacher, their averages and towers of several models, in layouts that share a name.
const mostAnchors = 100

/**
 * The layout of an opened checkpoint, with names freed of wrappers such as `module.` or `backbone.`; null if its names
 * are those of no layout.
 *
 * @throws AppError `unsupported` when it holds several Vision Transformers
 */
export function identify(file: TensorFile): Identified | null {
  const names = [...file.tensors.keys()]
  const found = layouts.flatMap((layout) =>
    names.filter((name) => endsAtBoundary(name, layout.anchor)).map((name) => ({ layout, name })),
  )
  if (found.length > mostAnchors)
    throw misfit(basename(file.path), say`holds ${found.length} embeddings of patches`)
  const signed = found.filter(({ layout, name }) => {
    const prefix = name.slice(0, -layout.anchor.length)
    return names.some((other) => other.startsWith(prefix) && layout.sign.test(other))
  })
  // A file without blocks has only its anchor; what it lacks is reported later.
  const [first, second] = signed.length > 0 ? signed : found.slice(0, 1)
  if (first === undefined) return null
  if (second !== undefined) {
    throw new AppError(
      'unsupported',
      say`${basename(file.path)} holds more than one Vision Transformer (${quoted(first.name)} and ${quoted(second.name)}). Save the one to fine-tune in a separate file.`,
    )
  }
  return collect(file, first.layout, first.name.slice(0, -first.layout.anchor.length))
}

function endsAtBoundary(name: string, end: string): boolean {
  return name === end || name.endsWith(`.${end}`) || name.endsWith(`/${end}`)
}

function collect(file: TensorFile, layout: Layout, prefix: string): Identified {
  // Classifiers are beside the encoder: `vit.embeddings…`, but `classifier.weight`.
  const outer = prefix.replace(/(vit|deit|dinov2|dinov2_with_registers|vision_model)\.$/, '')
  const shapes = new Map<string, Shape>()
  const fileNames = new Map<string, string>()
  const outside: string[] = []
  for (const [fileName, { shape }] of file.tensors) {
    const name = layoutName(layout, fileName, prefix, outer)
    if (name === undefined) {
      outside.push(fileName)
      continue
    }
    shapes.set(name, shape)
    fileNames.set(name, fileName)
  }
  const notes = prefix === '' ? [] : [say`The tensors' names begin with ${quoted(prefix)}, which is removed.`]
  if (outside.length > 0) notes.push(outsideNote(outside))
  return { layout, listing: { file: basename(file.path), prefix, shapes }, fileNames, notes }
}

function layoutName(layout: Layout, fileName: string, prefix: string, outer: string): string | undefined {
  if (fileName.startsWith(outer) && layout.head.test(fileName.slice(outer.length)))
    return fileName.slice(outer.length)
  if (!fileName.startsWith(prefix)) return undefined
  return layout.renames.reduce((name, [from, to]) => name.replace(from, to), fileName.slice(prefix.length))
}

function outsideNote(names: readonly string[]): Sentence {
  const some = quoted(names[0] ?? '')
  return names.length === 1
    ? say`1 tensor outside the encoder, such as ${some}, is left out.`
    : say`${names.length} tensors outside the encoder, such as ${some}, are left out.`
}

/** Says what a file contains whose names are those of no layout. */
export function unidentified(file: TensorFile): AppError {
  const some = [...file.tensors].slice(0, 3).map(([name, { shape }]) => `${quoted(name)} ${showShape(shape)}`)
  const content =
    some.length === 0 ? say`no tensors` : say`${file.tensors.size} tensors, such as ${some.join(', ')}`
  return misfit(
    basename(file.path),
    say`holds ${content}, which are not those of a Vision Transformer that can be read`,
  )
}
