/** @file Code for people that brings a whole image to the size a model reads, as the program does: in Python and JavaScript. */
import type { ExportedModel } from '../../core/api/contract/results.ts'

type Frame = Pick<ExportedModel, 'width' | 'height' | 'framing' | 'mean'>

/** Defines `framed(image)`, which gives a Pillow image of the size. */
export function framedInPython({ width, height, framing, mean }: Frame): string {
  if (framing === 'squash')
    return `def framed(image):
    return image.resize((${width}, ${height}), Image.Resampling.BILINEAR)
`
  if (framing === 'crop')
    return `def framed(image):
    # In its own shape until it just covers the size; of that the middle.
    size = (${width}, ${height})
${indented(pythonCover(width === height))}
    image = image.resize((w, h), Image.Resampling.BILINEAR)
    left, top = (w - size[0]) // 2, (h - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))
`
  return `def framed(image):
    # In its own shape until it just fits in; bars of the mean colour beside it.
    size = (${width}, ${height})
    ratio = max(image.width / size[0], image.height / size[1])
    w, h = (max(1, int(side / ratio + 0.5)) for side in image.size)
    canvas = Image.new("RGB", size, ${tuple(barColour(mean))})
    canvas.paste(image.resize((w, h), Image.Resampling.BILINEAR), ((size[0] - w) // 2, (size[1] - h) // 2))
    return canvas
`
}

// The shorter side of a square is met exactly and the longer one rounded down.
function pythonCover(isSquare: boolean): string {
  return isSquare
    ? `short = min(image.size)
w, h = (size[0] * side // short for side in image.size)`
    : `ratio = min(image.width / size[0], image.height / size[1])
w, h = (int(side / ratio + 0.5) for side in image.size)`
}

/** Defines `framed(pixels, w, h, channels)` over `resized` of the same code, for constants `width` and `height`. */
export function framedInJavaScript({ width, height, framing, mean }: Frame): string {
  if (framing === 'squash')
    return `function framed(pixels, w, h, channels) {
  return resized(pixels, w, h, channels, width, height)
}
`
  const [says, size] =
    framing === 'crop'
      ? [
          'In its own shape until it just covers the size; of that the middle.',
          javaScriptCover(width === height),
        ]
      : [
          'In its own shape until it just fits in; bars of the mean colour beside it.',
          `const ratio = Math.max(w / width, h / height)
  const [across, down] = [w, h].map((side) => Math.max(1, Math.round(side / ratio)))`,
        ]
  return `// ${says}
function framed(pixels, w, h, channels) {
  ${size}
  const whole = resized(pixels, w, h, channels, across, down)
  const out = new Uint8Array(width * height * channels)
  const bars = ${JSON.stringify([...barColour(mean), 255])}
  const [left, top] = [(width - across) / 2, (height - down) / 2].map(Math.trunc)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [column, row] = [x - left, y - top]
      const isInside = column >= 0 && column < across && row >= 0 && row < down
      for (let c = 0; c < channels; c++) {
        out[(y * width + x) * channels + c] = isInside ? whole[(row * across + column) * channels + c] : bars[c]
      }
    }
  }
  return out
}
`
}

function javaScriptCover(isSquare: boolean): string {
  return isSquare
    ? `const [across, down] = [w, h].map((side) => Math.floor((width * side) / Math.min(w, h)))`
    : `const ratio = Math.min(w / width, h / height)
  const [across, down] = [w, h].map((side) => Math.round(side / ratio))`
}

/** The colour that normalisation turns into zeros. */
function barColour(mean: Frame['mean']): number[] {
  return mean.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))))
}

function tuple(values: readonly number[]): string {
  return `(${values.join(', ')})`
}

function indented(code: string): string {
  return code
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
}
