/** @file The picture of a map on a canvas, drawn at most once a frame. */
import type { Api } from '../../../core/api/contract.ts'
import { boundsOf, fitted, type Bounds, type Camera, type Place, type ViewSize } from './camera.ts'
import { dotRadius, drawDots, type MapColours, type Raster } from './dots.ts'
import { coloursOf, drawLasso, drawMark, drawPictures, type MapScene, type Marked } from './map-drawing.ts'
import { createPictureLoader, type PictureLoader } from './picture-loader.ts'
import { picturesIn } from './pictures.ts'

/** A map on a canvas. */
export interface MapPicture {
  readonly show: (scene: MapScene) => void
  /** Follows the size of the canvas on the page, and its colours. */
  readonly refresh: () => void
  readonly camera: () => Camera
  readonly whole: () => Camera
  readonly size: () => ViewSize
  readonly move: (camera: Camera) => void
  /** The line that is being drawn, in pixels of the view. */
  readonly lasso: (line: readonly Place[]) => void
  /** The photo under the pointer or the keys; the most alike ones are joined to it. */
  readonly mark: (photo: number | null, alike: readonly number[]) => void
  readonly focus: () => void
  readonly dispose: () => void
}

/** Beyond, a sharper picture costs more than it shows. */
const mostPixels = 6e6

/** All that changes. */
interface State {
  scene: MapScene | null
  bounds: Bounds
  colours: MapColours
  size: ViewSize
  image: ImageData
  raster: Raster
  camera: Camera
  line: readonly Place[]
  marked: Marked | null
}

/** An empty picture; `show` fills it. */
export function createMapPicture(canvas: HTMLCanvasElement, api: Api): MapPicture {
  const context = canvas.getContext('2d')
  const state = stateOf(canvas)
  let frame = 0
  const paint = (): void => {
    frame = 0
    if (context !== null) draw(context, state, loader)
  }
  const request = (): void => {
    if (frame === 0) frame = requestAnimationFrame(paint)
  }
  const loader = createPictureLoader(api, request)
  const change = (part: Partial<State>): void => {
    Object.assign(state, part)
    request()
  }
  return {
    show: (scene) => {
      const isOther = state.scene?.xs !== scene.xs
      const bounds = isOther ? boundsOf(scene.xs, scene.ys) : state.bounds
      change(isOther ? { scene, bounds, camera: fitted(bounds, state.size), marked: null } : { scene })
    },
    refresh: () => {
      resize(state, canvas)
      // At once, because a canvas of another size is empty.
      paint()
    },
    camera: () => state.camera,
    whole: () => fitted(state.bounds, state.size),
    size: () => state.size,
    move: (camera) => change({ camera }),
    lasso: (line) => change({ line }),
    mark: (photo, alike) => change({ marked: photo === null ? null : { photo, alike } }),
    focus: () => canvas.focus(),
    dispose: () => {
      cancelAnimationFrame(frame)
      loader.dispose()
    },
  }
}

function stateOf(canvas: HTMLCanvasElement): State {
  const bounds = { left: 0, top: 0, right: 1, bottom: 1 }
  const size = sizeOf(canvas)
  const colours = coloursOf(canvas)
  const camera = fitted(bounds, size)
  return { scene: null, bounds, colours, size, camera, line: [], marked: null, ...rasterOf(size) }
}

/** The same part of the map at the new size; all of it where all was seen. */
function resize(state: State, canvas: HTMLCanvasElement): void {
  const zoom = state.camera.scale / fitted(state.bounds, state.size).scale
  const size = sizeOf(canvas)
  const whole = fitted(state.bounds, size)
  const camera = zoom === 1 ? whole : { ...state.camera, scale: zoom * whole.scale }
  Object.assign(state, { size, camera, colours: coloursOf(canvas), ...rasterOf(size) })
  canvas.width = state.raster.width
  canvas.height = state.raster.height
}

function draw(on: CanvasRenderingContext2D, state: State, loader: PictureLoader): void {
  const { scene, camera, size, raster, image, colours, marked, line, bounds } = state
  if (scene === null) return
  const radius = dotRadius(scene.placed, camera.scale / fitted(bounds, size).scale)
  drawDots(raster, camera, scene, colours, radius)
  on.setTransform(1, 0, 0, 1, 0, 0)
  on.putImageData(image, 0, 0)
  on.setTransform(raster.ratio, 0, 0, raster.ratio, 0, 0)
  const pictures = scene.withPictures ? picturesIn(camera, size, scene) : { side: 0, photos: [] }
  loader.want(scene.photos, pictures.photos)
  drawPictures(on, state, scene, pictures, loader)
  if (marked !== null) drawMark(on, state, scene, marked)
  drawLasso(on, line, colours)
}

function sizeOf({ clientWidth, clientHeight }: HTMLCanvasElement): ViewSize {
  return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) }
}

function rasterOf(size: ViewSize): { readonly raster: Raster; readonly image: ImageData } {
  const most = Math.sqrt(mostPixels / (size.width * size.height))
  const ratio = Math.max(1, Math.min(globalThis.devicePixelRatio, most))
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)]
  const image = new ImageData(width, height)
  return { image, raster: { pixels: new Uint32Array(image.data.buffer), width, height, ratio } }
}
