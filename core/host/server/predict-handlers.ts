/** @file Answers about new images: all that computes is asked of the engine process. */
import type { ApiHandlers } from '../../api/contract.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `predict`. */
export function predictHandlers({ engine, thumbnails }: ServerContext): ApiHandlers['predict'] {
  return {
    images: async (input, context) => engine.api().predict.images(input, context),
    folder: async function* (input, context) {
      // A person who has the images of a folder named wants to see them.
      thumbnails.allow(input.folder)
      yield* engine.api().predict.folder(input, context)
    },
    attention: async (input, context) => engine.api().predict.attention(input, context),
  }
}
