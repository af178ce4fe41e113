/** @file Projects in memory, for the fake studio: every change applies at once, nothing is on disk. */
import type { ApiHandlers } from '../../core/api/contract.ts'
import type { Project, ProjectChange, ProjectSummary } from '../../core/api/contract/projects.ts'
import type { RunSummary } from '../../core/api/contract/runs.ts'
import { AppError } from '../../core/errors.ts'

/** No project at first; `runs` are those of every project. */
export function fakeProjects(runs: readonly RunSummary[] = []): ApiHandlers['projects'] {
  const all = new Map<string, Project>()
  const find = (id: string): Project => {
    const project = all.get(id)
    if (project === undefined) throw new AppError('not_found', `There is no project ${id}.`)
    return project
  }
  const change = (id: string, parts: ProjectChange): Project => {
    const project = { ...find(id), ...(parts as Partial<Project>) }
    all.set(id, project)
    return project
  }
  return {
    list: () => [...all.values()].map(summaryOf),
    create: ({ name, fromRun, ...parts }) => {
      const id = `project-${all.size + 1}`
      const run = fromRun ?? null
      all.set(id, { ...nothing, id, name, run })
      return change(id, parts)
    },
    get: ({ project }) => ({ project: find(project), runs: [...runs] }),
    update: ({ project, change: parts }) => change(project, parts),
    remove: ({ project }) => void all.delete(project),
    openFile: () => ({ project: [...all.keys()][0] ?? '' }),
    openBytes: () => ({ project: [...all.keys()][0] ?? '' }),
  }
}

const nothing: Omit<Project, 'id' | 'name'> = {
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  data: null,
  cover: null,
  model: null,
  training: null,
  run: null,
  screen: null,
}

function summaryOf({ id, name, updatedAt, data, cover }: Project): ProjectSummary {
  return {
    id,
    name,
    updatedAt,
    folder: data?.folder ?? null,
    cover,
    runs: 0,
    best: null,
    status: null,
  }
}
