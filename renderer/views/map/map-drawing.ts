/** @file What is drawn over the dots of a map: photos, the one that is pointed at with those most like it, a lasso. */
import { kindHues, kindOf } from '../../kind-colours.ts'
import { noKind, type Photos } from '../../store/photos.ts'
import { toView, type Camera, type Place, type ViewSize } from './camera.ts'
import type { Colour, Dots, MapColours } from './dots.ts'
import type { PictureLoader } from './picture-loader.ts'
import type { ShownPictures } from './pictures.ts'

/** What the picture shows. */
export interface MapScene extends Dots {
  readonly photos: Photos
  /** Photos on the map. */
  readonly placed: number
  readonly withPictures: boolean
}

/** How it is looked at. */
export interface MapLook {
  readonly camera: Camera
  readonly size: ViewSize
  readonly colours: MapColours
}

/** A photo that is pointed at, and those most like it. */
export interface Marked {
  readonly photo: number
  readonly alike: readonly number[]
}

function placeOf({ camera, size }: MapLook, { xs, ys }: MapScene, photo: number): Place {
  return toView(camera, size, { x: xs[photo] ?? 0, y: ys[photo] ?? 0 })
}

/** The photos that have come, framed in the colours of their kinds. */
export function drawPictures(
  on: CanvasRenderingContext2D,
  look: MapLook,
  scene: MapScene,
  { side, photos }: ShownPictures,
  loader: PictureLoader,
): void {
  const { colours } = look
  for (const photo of photos) {
    const picture = loader.get(scene.photos, photo)
    if (picture === undefined) continue
    const { x, y } = placeOf(look, scene, photo)
    const isChosen = scene.chosen.has(photo)
    const [left, top] = [Math.round(x - side / 2), Math.round(y - side / 2)]
    const square = { left, top, side }
    drawFrame(on, square, isChosen ? 6 : 4, isChosen ? colours.chosen : colours.page)
    drawFrame(on, square, 3, colourOf(scene, photo, colours))
    drawCovering(on, picture, square)
  }
}

/** A ring around the photo, and lines to those most like it. */
export function drawMark(
  on: CanvasRenderingContext2D,
  look: MapLook,
  scene: MapScene,
  { photo, alike }: Marked,
): void {
  const from = placeOf(look, scene, photo)
  on.lineWidth = 1.5
  on.strokeStyle = css(look.colours.chosen)
  on.beginPath()
  for (const other of alike) {
    const to = placeOf(look, scene, other)
    if (Number.isNaN(to.x)) continue
    on.moveTo(from.x, from.y)
    on.lineTo(to.x, to.y)
  }
  on.stroke()
  on.lineWidth = 3
  on.beginPath()
  on.arc(from.x, from.y, 10, 0, 2 * Math.PI)
  on.stroke()
}

/** A lasso, closed. */
export function drawLasso(
  on: CanvasRenderingContext2D,
  line: readonly Place[],
  { chosen }: MapColours,
): void {
  if (line.length < 2) return
  on.beginPath()
  for (const { x, y } of line) on.lineTo(x, y)
  on.closePath()
  on.lineWidth = 2
  on.strokeStyle = css(chosen)
  on.fillStyle = `rgb(${chosen.join(' ')} / 14%)`
  on.fill()
  on.stroke()
}

interface Square {
  readonly left: number
  readonly top: number
  readonly side: number
}

function drawFrame(
  on: CanvasRenderingContext2D,
  { left, top, side }: Square,
  by: number,
  colour: Colour,
): void {
  on.fillStyle = css(colour)
  on.beginPath()
  on.roundRect(left - by, top - by, side + 2 * by, side + 2 * by, 4 + by)
  on.fill()
}

/** The middle of a picture as a square. */
function drawCovering(on: CanvasRenderingContext2D, picture: ImageBitmap, { left, top, side }: Square): void {
  const whole = Math.min(picture.width, picture.height)
  const [x, y] = [(picture.width - whole) / 2, (picture.height - whole) / 2]
  on.drawImage(picture, x, y, whole, whole, left, top, side, side)
}

function colourOf({ kindOf: kinds }: Dots, photo: number, colours: MapColours): Colour {
  const kind = kinds[photo] ?? noKind
  return kind === noKind ? colours.none : (colours.kinds[kindOf(kind).hue] ?? colours.none)
}

function css([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`
}

/** The colours of the theme, as the page computes them. */
export function coloursOf(canvas: HTMLCanvasElement): MapColours {
  const probe = document.createElement('span')
  canvas.after(probe)
  const read = (token: string): Colour => {
    probe.style.color = `var(${token})`
    const found = getComputedStyle(probe).color.match(/[\d.]+/g) ?? []
    return [Number(found[0] ?? 0), Number(found[1] ?? 0), Number(found[2] ?? 0)]
  }
  const colours = {
    kinds: Array.from({ length: kindHues }, (_, hue) => read(`--kind-${hue}`)),
    none: read('--text-soft'),
    faint: read('--line'),
    page: read('--page'),
    chosen: read('--text'),
  }
  probe.remove()
  return colours
}
