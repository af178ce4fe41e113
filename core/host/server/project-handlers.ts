/** @file Answers about projects: stored, and listed with their runs. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { ApiHandlers } from '../../api/contract.ts'
import { bestRun, comparableRuns } from '../../api/contract/best-run.ts'
import { largestProject, type Project, type ProjectSummary } from '../../api/contract/projects.ts'
import type { RunSummary } from '../../api/contract/runs.ts'
import { readTextFile } from '../../files/regular-file.ts'
import { withChange } from '../../studio/projects/projects.ts'
import { changeCard } from '../../studio/runs/run-card.ts'
import { dataOf, folderOf, listRuns, runDetails } from '../../studio/runs/runs.ts'
import { removeRun } from '../../train/run/run-folder.ts'
import type { RunData } from '../../train/run/run-record.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `projects`. */
export function projectHandlers(context: ServerContext): ApiHandlers['projects'] {
  const { projects, trainings, thumbnails } = context
  return {
    list: async () => {
      const runs = await listRuns(trainings)
      const all = await projects.list()
      for (const { cover } of all) cover?.pictures.forEach(({ folder }) => thumbnails.allow(folder))
      return all.map((project) => summaryOf(project, runs))
    },
    create: async ({ name, fromRun, ...parts }) =>
      fromRun === undefined ? projects.create(name, parts) : createFromRun(context, name, fromRun),
    get: async ({ project }) => ({
      project: await projects.read(project),
      runs: runsOf(project, await listRuns(trainings)),
    }),
    update: async ({ project, change }) => projects.change(project, (before) => withChange(before, change)),
    remove: async ({ project, runs }) => removeProject(context, project, runs),
    openFile: async ({ path }) => {
      const content = await readTextFile(path, largestProject).catch((error: unknown) => {
        throw AppError.from(error)
      })
      return { project: await projects.takeOver(content, path) }
    },
    openBytes: async ({ content }) => ({
      project: await projects.takeOver(content, 'The file'),
    }),
  }
}

function runsOf(project: string, runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.project === project)
}

function summaryOf(
  { id, name, updatedAt, data, cover }: Project,
  all: readonly RunSummary[],
): ProjectSummary {
  const runs = runsOf(id, all)
  const best = bestRun(runs)
  const training = runs.find(({ status }) => status === 'training')
  return {
    id,
    name,
    updatedAt,
    folder: data?.folder ?? null,
    cover,
    runs: runs.length,
    best:
      best === null
        ? null
        : { name: best.name, accuracy: best.bestAccuracy ?? 0, of: comparableRuns(runs).length },
    status: (training ?? runs[0])?.status ?? null,
  }
}

async function createFromRun(
  { projects, trainings }: ServerContext,
  name: string,
  run: string,
): Promise<Project> {
  const { data, validationRoot, model, resolution } = await runDetails(run, trainings)
  const project = await projects.create(name, {
    data: {
      folder: data,
      validation: validationRoot === data ? null : validationRoot,
      validationSplit: splitOf(await dataOf(run)),
    },
    model: { path: model.source, resolution: Math.min(resolution.height, resolution.width) },
    run,
    screen: 'results',
  })
  await changeCard(folderOf(run), { name, project: project.id })
  return project
}

const usualSplit = 0.2

/** The share that a run held out; of runs that do not say it, the next one that can be chosen in the window. */
function splitOf({ validationSplit, training, validation, trainingRoot, validationRoot }: RunData): number {
  if (validationSplit !== undefined) return validationSplit ?? usualSplit
  if (trainingRoot !== validationRoot) return usualSplit
  return Math.round((20 * validation.length) / (training.length + validation.length)) / 20
}

async function removeProject(
  { projects, trainings }: ServerContext,
  id: string,
  withRuns: boolean,
): Promise<void> {
  const { name } = await projects.read(id)
  const runs = runsOf(id, await listRuns(trainings))
  if (withRuns && runs.some(({ status }) => status === 'training')) {
    throw new AppError('busy', say`“${name}” is being trained now. Stop the training first, then delete it.`)
  }
  await projects.remove(id)
  if (!withRuns) return
  for (const run of runs) await removeRun(folderOf(run.id))
}
