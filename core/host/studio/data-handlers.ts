/** @file Answers about the images to learn from. */
import type { ApiHandlers } from '../../api/contract.ts'
import { checkFolderItems, sampleItems } from './check-folder.ts'
import type { Workshop } from './workshop.ts'

/** Answers of the subject `data`. */
export function dataHandlers({ thumbnails }: Workshop): ApiHandlers['data'] {
  return {
    check: async function* ({ folder, validation, resolution }, { signal }) {
      for await (const item of checkFolderItems(folder, {
        signal,
        validationDirectory: validation,
        resolution,
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
  }
}
