/** @file Labels in memory, for the fake studio: the studio's own rules over images that are on no disk. */
import type { ApiHandlers } from '../../core/api/contract.ts'
import type { Project } from '../../core/api/contract/projects.ts'
import { noLabels, toSaid, type Labels, type Mark } from '../../core/data/labels.ts'
import { labelHandlers } from '../../core/host/server/label-handlers.ts'
import type { ServerContext } from '../../core/host/server/context.ts'
import { describeLabels } from '../../core/studio/labels/described.ts'
import type { ListedFolders } from '../../core/studio/labels/image-folders.ts'
import type { History } from '../../core/studio/labels/label-history.ts'
import { createProjectLabels } from '../../core/studio/labels/project-labels.ts'

/** Every project has these images, and at first nothing was said of them. Moving files moves none, and forgets labels. */
export function fakeLabels(listed: ListedFolders): ApiHandlers['labels'] {
  const all = new Map<string, Labels>()
  const histories = new Map<string, History>()
  const labelsOf = (project: string): Labels => all.get(project) ?? noLabels
  const labels = createProjectLabels({
    projects: {
      read: (id) => Promise.resolve({ ...someProject, id }),
      labels: (id) => Promise.resolve(labelsOf(id)),
      changeLabels: async (id, change) => void all.set(id, await change(labelsOf(id))),
    },
    folders: { list: () => Promise.resolve(listed), listAgain: () => Promise.resolve(listed) },
    historyOf: (project) => ({
      read: () => Promise.resolve(histories.get(project) ?? null),
      write: (history) => Promise.resolve(void histories.set(project, history)),
    }),
  })
  return {
    ...labelHandlers({ labels } as ServerContext),
    // Everything without a label is most likely of the first kind.
    suggest: async function* ({ project }) {
      const { classes, folders } = describeLabels(listed, labelsOf(project))
      const paths = folders.flatMap((folder) =>
        folder.paths.filter((_, index) => folder.names[index] === null),
      )
      yield { type: 'progress', stage: 'looking', done: 1, total: 2 }
      yield {
        type: 'done',
        suggestions:
          classes.length < 2
            ? null
            : {
                classes: [...classes],
                root: folders[0]?.root ?? '',
                paths: paths.join('//'),
                labels: new Uint8Array(4 * paths.length),
                probabilities: new Uint8Array(Float32Array.from(paths, () => 0.9).buffer),
                judged: { right: 9, images: 10 },
                remaining: 0,
              },
      }
    },
    moveFiles: async function* ({ project, files }) {
      const moved = files.map(({ path, label }) => ({ from: path, to: label }))
      all.set(project, noLabels)
      yield { type: 'progress', done: 0, total: files.length }
      yield { type: 'done', result: { moved, failed: [] } }
    },
  }
}

/** Labels of images in one folder, by path. */
export function labelled(root: string, names: Readonly<Record<string, string>>): Labels {
  const marks = new Map(Object.entries(names).map(([path, label]): [string, Mark] => [path, { label }]))
  return { ...noLabels, images: toSaid(new Map([[root, marks]])) }
}

const someProject: Project = {
  id: 'fruit',
  name: 'Fruit',
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  data: { folder: '/home/fruit', validation: null, validationSplit: 0.2 },
  cover: null,
  model: null,
  training: null,
  run: null,
  screen: null,
}
