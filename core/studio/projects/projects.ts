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
import { Project, type ProjectChange } from '../../api/contract/projects.ts'
import { inOrder, jsonFile, type JsonFile } from '../../files/json-store.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { projectsFolder } from '../home.ts'
import { log } from '../log.ts'
import { parseJson } from '../../files/json-text.ts'

const fileName = 'project.vitstudio'
const currentFormat = 1

const StoredProject = Project.extend({ format: z.literal(currentFormat) })
type StoredProject = z.output<typeof StoredProject>
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
      return store(withChange({ ...empty, id, name, createdAt: now, updatedAt: now }, parts))
    },
    read: readProject,
    change: async (id, change) => {
      const stored = await projectFile(requireId(id)).change((before) => {
        if (before === null) throw noSuchProject(id)
        return toStored({ ...change(fromStored(before, id)), updatedAt: new Date().toISOString() })
      })
      return fromStored(stored, id)
    },
    remove: async (id) =>
      inOrder(pathOf(requireId(id)), async () =>
        rm(join(projectsFolder(), id), { recursive: true, force: true }),
      ),
    takeOver: async (content, source) => {
      const project = understand(content, source)
      if (isId(project.id) && existsSync(pathOf(project.id))) return project.id
      const id = isId(project.id) ? project.id : await newId(project.name)
      return (await store({ ...project, id })).id
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
  corrections: [],
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
    return await readProject(id)
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

async function readProject(id: string): Promise<Project> {
  const stored = await projectFile(requireId(id)).read()
  if (stored === null) throw noSuchProject(id)
  return fromStored(stored, id)
}

/** A folder that was copied by hand is a project of its own, whatever its file says. */
function fromStored(stored: StoredProject, id: string): Project {
  const { format: _, ...project } = stored
  return { ...project, id }
}

function toStored(project: Project): StoredProject {
  return { format: currentFormat, ...project }
}

/** The project in the text of a file. */
function understand(text: string, source: string): Project {
  let content: unknown = null
  try {
    content = parseJson(text)
    const stored = StoredProject.parse(content)
    return fromStored(stored, stored.id)
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

async function store(project: Project): Promise<Project> {
  await projectFile(project.id).write(toStored(project))
  return project
}
