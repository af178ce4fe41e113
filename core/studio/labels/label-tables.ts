/** @file Tables of labels, read for a project: what they would change, and the change. */
import { largestTable, type TablePreview, type TableRequest } from '../../api/contract/label-tables.ts'
import type { LabelChange } from '../../api/contract/labels.ts'
import { compareCodePoints } from '../../data/classes.ts'
import { readLabelTable, type LabelTable, type Some } from '../../data/label-table.ts'
import { readTextFile } from '../../files/regular-file.ts'
import { AppError } from '../../errors.ts'
import type { Projects } from '../projects/projects.ts'
import { describeLabels } from './described.ts'
import type { ImageFolders } from './image-folders.ts'
import { folderChoiceOf, type ProjectLabels } from './project-labels.ts'
import { labelImages, type LabelGroup } from './wanted-changes.ts'

/** What tables are read for. */
export interface TableSources {
  readonly projects: Projects
  readonly imageFolders: ImageFolders
  readonly labels: ProjectLabels
}

/** What a table would change. @throws AppError as `readLabelTable`, and where there is no such file */
export async function previewTable(sources: TableSources, request: TableRequest): Promise<TablePreview> {
  const { table, known } = await readFor(sources, request)
  const { labels, columns, headings, refused } = table
  const counts = new Map<string, number>()
  for (const { label } of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return {
    headings: [...headings],
    columns,
    rows: table.rows,
    matched: labels.length,
    classes: [...counts]
      .sort(([a], [b]) => compareCodePoints(a, b))
      .map(([name, images]) => ({ name, images, isNew: !known.includes(name) })),
    withoutImage: copyOf(table.withoutImage),
    ambiguous: copyOf(table.ambiguous),
    contradicting: copyOf(table.contradicting),
    withoutLabel: copyOf(table.withoutLabel),
    withoutRow: copyOf(table.withoutRow),
    refused: [...refused],
  }
}

/** Labels the images that a table names, in one change. @throws AppError as `previewTable` */
export async function applyTable(sources: TableSources, request: TableRequest): Promise<LabelChange> {
  const { table } = await readFor(sources, request)
  return sources.labels.change(request.project, labelImages(groupsOf(table.labels), 'table'))
}

async function readFor(
  { projects, imageFolders }: TableSources,
  { project, source, columns }: TableRequest,
): Promise<{ readonly table: LabelTable; readonly known: readonly string[] }> {
  const text = 'path' in source ? await readTable(source.path) : source.content
  const listed = await imageFolders.list(folderChoiceOf(await projects.read(project)))
  const { classes: known, folders } = describeLabels(listed, await projects.labels(project))
  return { table: readLabelTable(text, folders, known, columns), known }
}

async function readTable(path: string): Promise<string> {
  return readTextFile(path, largestTable).catch((error: unknown) => {
    throw AppError.from(error)
  })
}

function groupsOf(labels: LabelTable['labels']): LabelGroup[] {
  const groups = new Map<string, { root: string; label: string; paths: string[] }>()
  for (const { root, path, label } of labels) {
    const key = `${root}//${label}`
    const group = groups.get(key) ?? { root, label, paths: [] }
    groups.set(key, group)
    group.paths.push(path)
  }
  return [...groups.values()]
}

function copyOf({ count, examples }: Some): { count: number; examples: string[] } {
  return { count, examples: [...examples] }
}
