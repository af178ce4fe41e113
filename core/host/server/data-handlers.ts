/** @file Answers about the images to learn from. */
import type { ApiHandlers } from '../../api/contract.ts'
import { judge } from '../../data/check.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { checkFolderItems, sampleItems, toChecked } from '../../studio/data/check-folder.ts'
import { labelsOf } from '../../studio/labels/labels-of.ts'
import { folderChoiceOf } from '../../studio/labels/project-labels.ts'
import { createDrops } from '../../studio/projects/drops.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `data`. */
export function dataHandlers({ thumbnails, projects, imageFolders }: ServerContext): ApiHandlers['data'] {
  const drops = createDrops()
  return {
    check: async function* ({ folder, validation, resolution, project }, { signal }) {
      const choice = { folder, validation: validation ?? null }
      const labels = await labelsOf(project)
      for await (const item of checkFolderItems(imageFolders, choice, { signal, resolution, labels })) {
        if (item.type === 'done') {
          thumbnails.allow(item.data.root)
          if (item.data.validation !== null) thumbnails.allow(item.data.validation.root)
        }
        yield item
      }
    },
    recheck: async ({ project, resolution }) => {
      const known = imageFolders.known(folderChoiceOf(await projects.read(project)))
      if (known === undefined) {
        throw new AppError(
          'not_found',
          say`These images were not checked since the studio was opened. Check the folder again.`,
        )
      }
      return toChecked(judge(known, { resolution, labels: await projects.labels(project) }))
    },
    thumbnail: async (request, { signal }) => thumbnails.get(request, signal),
    preview: async (request, { signal }) => thumbnails.preview(request, signal),
    sample: (_, { signal }) => sampleItems(signal),
    beginDrop: async ({ name, bytes }) => ({ drop: await drops.begin(name, bytes) }),
    receive: async ({ drop, parts }) => drops.receive(drop, parts),
    endDrop: async ({ drop, keep }) => ({ folder: await drops.end(drop, keep) }),
  }
}
