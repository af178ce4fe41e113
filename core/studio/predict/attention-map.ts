/** @file A model's map of the patches it reads, laid over the whole image that a person sees. */
import type { AttentionMap } from '../../api/contract/predict.ts'
import { imageOverFrame, planFraming } from '../../data/framing.ts'
import type { Rectangle, Size } from '../../data/image.ts'
import type { Preprocessing } from '../../data/preprocess.ts'
import { at } from '../../tensor/shape.ts'
import type { FloatTensor } from '../../tensor/tensor.ts'

/** The map over an image of this size: parts that the model does not read have a share of 0, and bars are cut off. */
export function mapOverImage(map: FloatTensor, image: Size, preprocessing: Preprocessing): AttentionMap {
  const [rows, columns] = [at(map.shape, 0), at(map.shape, 1)]
  const over = imageOverFrame(image, planFraming(image, preprocessing.resolution, preprocessing))
  const down = places(rows, over.top, over.height)
  const across = places(columns, over.left, over.width)
  const shares = down.flatMap((row) =>
    across.map((column) => (row < 0 || column < 0 ? 0 : at(map.data, row * columns + column))),
  )
  return { rows: down.length, columns: across.length, shares }
}

const mostPlaces = 512

/** For each place along the image, the patch that covers its middle; −1 where none does. */
function places(patches: number, start: Rectangle['left'], length: number): number[] {
  const count = Math.min(mostPlaces, Math.max(1, Math.round(patches * length)))
  return Array.from({ length: count }, (_, index) => {
    const patch = Math.floor(patches * (start + ((index + 0.5) / count) * length))
    return patch < patches ? Math.max(-1, patch) : -1
  })
}
