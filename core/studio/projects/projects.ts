/**
 * @file The projects on disk: a folder for each below the studio's own, with one JSON file that is always replaced
 * whole. Changes to one project are serialised, so that two windows cannot undo each other's.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { Labels, noLabels, toSaid, type Mark } from '../../data/labels.ts'
import { Project, type ProjectChange } from '../../api/contract/projects.ts'
import { inOrder, jsonFile, type JsonFile } from '../../files/json-store.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { projectsFolder } from '../home.ts'
import { addedPhotos } from './added-photos.ts'
import { log } from '../log.ts'
import { parseJson } from '../../files/json-text.ts'

const fileName = 'project.vitstudio'
const currentFormat = 2

const Stored = Project.extend({ format: z.literal(currentFormat), labels: Labels })
type StoredProject = z.output<typeof Stored>
const StoredProject: z.ZodType<StoredProject> = z.preprocess(withLabels, Stored)

/** The first format knew labels as a list of corrections. */
const FirstFormat = z.looseObject({
  format: z.literal(1),
  corrections: z.array(
    z.object({ root: z.string().min(1), path: z.string().min(1), label: z.string().min(1) }),
  ),
})

function withLabels(stored: unknown): unknown {
  const first = FirstFormat.safeParse(stored).data
  if (first === undefined) return stored
  const { corrections, ...rest } = first
  const marks = new Map<string, Map<string, Mark>>()
  for (const { root, path, label } of corrections) {
    marks.set(root, (marks.get(root) ?? new Map<string, Mark>()).set(path, { label }))
  }
  return { ...rest, format: currentFormat, labels: { ...noLabels, images: toSaid(marks) } }
}

const AnyFormat = z.object({ format: z.int() })

/** The projects of one studio. */
export interface Projects {
  /** Every project that can be read, last changed first; others are named in the log. */
  readonly list: () => Promise<Project[]>
  readonly create: (name: string, parts: ProjectChange) => Promise<Project>
  /** @throws AppError `not_found` when there is no project of this id, `unsupported` when it cannot be understood */
  readonly read: (id: string) => Promise<Project>
  /** Stores what `change` makes of a project, after every change asked for before. */
  readonly change: (id: string, change: (project: Project) => Project) => Promise<Project>
  /** What was said of the project's images. @throws AppError as `read` */
  readonly labels: (id: string) => Promise<Labels>
  /** Stores what `change` makes of it, after every change asked for before. */
  readonly changeLabels: (id: string, change: (labels: Labels) => Labels | Promise<Labels>) => Promise<void>
  readonly remove: (id: string) => Promise<void>
  /** Imports the content of a project file, unless its project is here already; returns its id. */
  readonly takeOver: (content: string, source: string) => Promise<string>
}

/** The projects in the studio's folder. */
export function createProjects(): Projects {
  return {
    list: listProjects,
    create: async (name, parts) => {
      const now = new Date().toISOString()
      const id = await newId(name)
      const project = withChange({ ...empty, id, name, createdAt: now, updatedAt: now }, parts)
      await projectFile(id).write({ format: currentFormat, ...project, labels: noLabels })
      return project
    },
    read: async (id) => fromStored(await readStored(id), id),
    change: async (id, change) => {
      const stored = await changeStored(id, (before) => ({ ...before, ...change(fromStored(before, id)) }))
      return fromStored(stored, id)
    },
    labels: async (id) => ({ ...(await readStored(id)).labels, added: await addedPhotos(id) }),
    changeLabels: async (id, change) => {
      await changeStored(id, async (before) => ({ ...before, labels: await change(before.labels) }))
    },
    remove: async (id) =>
      inOrder(pathOf(requireId(id)), async () =>
        rm(join(projectsFolder(), id), { recursive: true, force: true }),
      ),
    takeOver: async (content, source) => {
      const stored = understand(content, source)
      if (isId(stored.id) && existsSync(pathOf(stored.id))) return stored.id
      const id = isId(stored.id) ? stored.id : await newId(stored.name)
      await projectFile(id).write({ ...stored, id })
      return id
    },
  }
}

const empty = {
  data: null,
  cover: null,
  model: null,
  training: null,
  run: null,
  screen: null,
} satisfies Partial<Project>

/** A project with changed parts; what a change leaves out stays. */
export function withChange(project: Project, change: ProjectChange): Project {
  const given = Object.entries(change).filter(([, part]) => part !== undefined)
  return { ...project, ...(Object.fromEntries(given) as Partial<Project>) }
}

async function listProjects(): Promise<Project[]> {
  await makeFolder(projectsFolder())
  const ids = (await readdir(projectsFolder())).filter((id) => isId(id) && existsSync(pathOf(id)))
  const found = await Promise.all(ids.map(tryRead))
  return found.filter((project) => project !== null).sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
}

async function tryRead(id: string): Promise<Project | null> {
  try {
    return fromStored(await readStored(id), id)
  } catch (thrown) {
    log(`The project ${id} is left out of the list: ${AppError.from(thrown).message}`)
    return null
  }
}

/** An id is a single name, never a path. */
function isId(id: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,80}$/.test(id)
}

function requireId(id: string): string {
  if (isId(id) && existsSync(pathOf(id))) return id
  throw noSuchProject(id)
}

function noSuchProject(id: string): AppError {
  return new AppError(
    'not_found',
    say`There is no project ${id} in ${projectsFolder()}. It may have been moved or deleted; choose another.`,
  )
}

function pathOf(id: string): string {
  return join(projectsFolder(), id, fileName)
}

async function newId(name: string): Promise<string> {
  const words = (name.toLowerCase().match(/[a-z0-9]+/g) ?? ['project']).join('-').slice(0, 40)
  const id = `${words}-${randomUUID().slice(0, 8)}`
  return existsSync(pathOf(id)) ? newId(name) : id
}

function projectFile(id: string): JsonFile<StoredProject> {
  const path = pathOf(id)
  const damaged = (content: unknown, cause: unknown): AppError => notUnderstood(path, content, cause)
  return jsonFile(path, StoredProject, { indent: 2, makesFolder: true, damaged })
}

async function readStored(id: string): Promise<StoredProject> {
  const stored = await projectFile(requireId(id)).read()
  if (stored === null) throw noSuchProject(id)
  return stored
}

async function changeStored(
  id: string,
  change: (before: StoredProject) => StoredProject | Promise<StoredProject>,
): Promise<StoredProject> {
  return projectFile(requireId(id)).change(async (before) => {
    if (before === null) throw noSuchProject(id)
    return { ...(await change(before)), updatedAt: new Date().toISOString() }
  })
}

/** A folder that was copied by hand is a project of its own, whatever its file says. */
function fromStored({ format: _format, labels: _labels, ...project }: StoredProject, id: string): Project {
  return { ...project, id }
}

/** The project in the text of a file. */
function understand(text: string, source: string): StoredProject {
  let content: unknown = null
  try {
    content = parseJson(text)
    return StoredProject.parse(content)
  } catch (cause) {
    throw notUnderstood(source, content, cause)
  }
}

function notUnderstood(source: string, content: unknown, cause: unknown): AppError {
  const format = AnyFormat.safeParse(content)
  if (format.success && format.data.format > currentFormat) {
    return new AppError(
      'unsupported',
      say`${basename(source)} was made by a newer version of ViT Studio (format ${format.data.format}, this one reads ${currentFormat}). Update ViT Studio to open it.`,
    )
  }
  return new AppError(
    'unsupported',
    say`${basename(source)} cannot be understood: it is not a project file, or it is damaged. Your images and trained models are not affected; start a new project with the same folder.`,
    { path: source },
    { cause },
  )
}
