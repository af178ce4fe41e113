/** @file How a model's own images are prepared: what neighbouring files ask for, at the size that the model reads. */
import { say, type Sentence } from '../sentence.ts'
import { isPlausibleResize, resizeAt, squashed, type Framing, type ImageSize } from '../vit/config.ts'
import { firstFact, type Evidence, type Fact } from './evidence.ts'

/** The framing that a model asks for, for images of `size`, and where that comes from. */
export function framingOf(evidence: Evidence, size: ImageSize): Fact<Framing> {
  const declared = firstFact(evidence, 'framing')
  if (declared === undefined)
    return { value: squashed, from: say`as this program does where nothing says otherwise` }
  const { kernel, frame } = declared.value
  const resize = resizeAt(declared.value.resize, frame, size)
  if (isPlausibleResize(resize, size)) return { value: { resize, kernel }, from: declared.from }
  return { value: { resize: 'squash', kernel }, from: say`${declared.from}, but of a size that no image has` }
}

/** `Images are squashed to …` */
export function showFraming({ resize, kernel }: Framing, size: ImageSize): Sentence {
  const filter = kernel === 'linear' ? 'bilinear' : 'bicubic'
  const middle = say`of which the middle ${pixels(size)} is read`
  if (resize === 'squash') return say`Images are squashed to ${pixels(size)} pixels (${filter})`
  if (resize === 'letterbox')
    return say`Images are fitted into ${pixels(size)} pixels (${filter}) with bars beside them`
  if ('squash' in resize)
    return say`Images are squashed to ${pixels(resize.squash)} pixels (${filter}), ${middle}`
  return say`Images keep their shape and are resized until they cover ${pixels(resize.cover)} pixels (${filter}), ${middle}`
}

/** What else there is to say about a framing, for people who train with the model. */
export function framingNotes(evidence: Evidence, { resize, kernel }: Framing): Sentence[] {
  const unframed = firstFact(evidence, 'unframed')
  const own = resize !== squashed.resize || kernel !== squashed.kernel
  return [
    ...(unframed === undefined ? [] : [say`The model ${unframed.value} (${unframed.from}).`]),
    ...(own
      ? [
          say`Images are prepared so for the model as it is; training squashes whole images unless another framing is chosen.`,
        ]
      : []),
  ]
}

function pixels({ height, width }: ImageSize): string {
  return `${height} × ${width}`
}
