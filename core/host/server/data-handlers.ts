/** @file Answers about the images to learn from. */
import type { ApiHandlers } from '../../api/contract.ts'
import { checkFolderItems, sampleItems } from '../../studio/data/check-folder.ts'
import { correctionsOf } from '../../studio/projects/corrections-of.ts'
import { createDrops } from '../../studio/projects/drops.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `data`. */
export function dataHandlers({ thumbnails }: ServerContext): ApiHandlers['data'] {
  const drops = createDrops()
  return {
    check: async function* ({ folder, validation, resolution, project }, { signal }) {
      for await (const item of checkFolderItems(folder, {
        signal,
        validationDirectory: validation,
        resolution,
        corrections: await correctionsOf(project),
      })) {
        if (item.type === 'done') {
          thumbnails.allow(item.data.root)
          if (item.data.validation !== null) thumbnails.allow(item.data.validation.root)
        }
        yield item
      }
    },
    thumbnail: async (request, { signal }) => thumbnails.get(request, signal),
    sample: (_, { signal }) => sampleItems(signal),
    beginDrop: async ({ name, bytes }) => ({ drop: await drops.begin(name, bytes) }),
    receive: async ({ drop, parts }) => drops.receive(drop, parts),
    endDrop: async ({ drop, keep }) => ({ folder: await drops.end(drop, keep) }),
  }
}
