/** @file A studio for tests of labels: the subjects that need no engine, over the real wire, and projects of pets. */
import { connect } from '../../core/api/client.ts'
import type { Api } from '../../core/api/contract.ts'
import { data } from '../../core/api/contract/data.ts'
import { labels, type LabelChange, type LabelState } from '../../core/api/contract/labels.ts'
import { projects as projectsContract } from '../../core/api/contract/projects.ts'
import { serve } from '../../core/api/server.ts'
import { dataHandlers } from '../../core/host/server/data-handlers.ts'
import { labelHandlers } from '../../core/host/server/label-handlers.ts'
import { projectHandlers } from '../../core/host/server/project-handlers.ts'
import type { ServerContext } from '../../core/host/server/context.ts'
import { createThumbnails } from '../../core/studio/data/thumbnails.ts'
import { createImageFolders } from '../../core/studio/labels/image-folders.ts'
import { historyFile } from '../../core/studio/labels/label-history.ts'
import { createProjectLabels } from '../../core/studio/labels/project-labels.ts'
import { createProjects } from '../../core/studio/projects/projects.ts'
import { createTrainings } from '../../core/studio/runs/trainings.ts'
import { readLabels } from './label-columns.ts'
import { portPair } from './port-pair.ts'

export type Studio = Pick<Api, 'projects' | 'data' | 'labels'>

/** The subjects that need no engine, over the real wire. */
export function openStudio(): Studio {
  const projects = createProjects()
  const imageFolders = createImageFolders()
  const context = {
    trainings: createTrainings(),
    thumbnails: createThumbnails(),
    projects,
    imageFolders,
    labels: createProjectLabels({ projects, folders: imageFolders, historyOf: historyFile }),
  } as ServerContext
  const [near, far] = portPair()
  const all = { projects: projectsContract, data, labels }
  const handlers = {
    projects: projectHandlers(context),
    data: dataHandlers(context),
    labels: { ...labelHandlers(context), suggest: () => never() },
  }
  serve(far, all, handlers, (_, error) => {
    throw error
  })
  return connect(near, all)
}

/** The engine is not here. */
async function* never(): AsyncGenerator<never> {
  await Promise.resolve()
  yield* []
}

export async function petsIn(api: Studio, root: string): Promise<string> {
  const chosen = { folder: root, validation: null, validationSplit: 0.2 }
  return (await api.projects.create({ name: 'Pets', data: chosen })).id
}

export async function lastOf<T>(items: AsyncIterable<T>): Promise<T> {
  let last: T | undefined
  for await (const item of items) last = item
  if (last === undefined) throw new Error('the stream was empty')
  return last
}

export async function check(
  api: Studio,
  project: string,
  folder: string,
): ReturnType<Studio['data']['recheck']> {
  const item = await lastOf(api.data.check({ folder, project }))
  if (item.type !== 'done') throw new Error('not checked')
  return item.data
}

export function read({ classes, images }: LabelChange | LabelState): Readonly<Record<string, string>> {
  return readLabels(classes, images)
}
