/** @file The world around a subject: colours, background, things in front, light and sensor noise, down to bytes. */
import { between, chance, clamp01, integerBetween, pick } from './sampling.ts'
import type { Canvas } from './canvas.ts'
import { fractalNoise } from './noise.ts'
import { mix, randomPalette, type Colour, type Palette } from './palette.ts'
import type { Subject } from './subject.ts'
import { integer, uniform, type Random } from '../tensor/random.ts'

/** Renders one instance of a subject into `pixels`, [R, R, 3] interleaved red, green, blue. */
export function renderScene(subject: Subject, instance: Random, canvas: Canvas, pixels: Uint8Array): void {
  canvas.coverage.fill(0)
  canvas.tone.fill(0)
  subject.draw(instance, canvas)
  drawBackdrop(instance, canvas)
  const palette = randomPalette(instance, subject.tint)
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  compose(instance, canvas, palette, clamped)
  if (chance(instance, 0.35)) coverPart(instance, canvas.resolution, clamped)
  if (chance(instance, 0.6)) addNoise(instance, clamped, between(instance, 4, 24))
}

function drawBackdrop(instance: Random, canvas: Canvas): void {
  const kind = pick(instance, ['plain', 'slope', 'clouds', 'leaves'] as const)
  if (kind === 'plain') canvas.backdrop.fill(0)
  else if (kind === 'slope') drawSlope(instance, canvas)
  else if (kind === 'clouds') drawClouds(instance, canvas)
  else drawLeaves(instance, canvas)
}

function drawSlope(instance: Random, { resolution, backdrop }: Canvas): void {
  const angle = between(instance, 0, 2 * Math.PI)
  const [across, down] = [Math.cos(angle) / resolution, Math.sin(angle) / resolution]
  const half = resolution / 2
  for (let index = 0; index < backdrop.length; index++) {
    const row = Math.floor(index / resolution)
    backdrop[index] = clamp01(0.5 + across * (index - row * resolution - half) + down * (row - half))
  }
}

function drawClouds(instance: Random, { resolution, backdrop }: Canvas): void {
  const seed = integer(instance, 2 ** 31)
  const frequency = between(instance, 2, 10) / resolution
  const octaves = integerBetween(instance, 1, 2)
  for (let index = 0; index < backdrop.length; index++) {
    const row = Math.floor(index / resolution)
    const column = index - row * resolution
    backdrop[index] = fractalNoise(column * frequency, row * frequency, seed, octaves, 0.5)
  }
}

// Dead leaves: discs of all sizes, one on top of the other, whose statistics are near those of photographs.
function drawLeaves(instance: Random, { resolution, backdrop }: Canvas): void {
  backdrop.fill(uniform(instance))
  for (let leaf = integerBetween(instance, 8, 24); leaf > 0; leaf--) {
    const radius = (resolution / 2) * between(instance, 0.25, 0.75) ** 2
    const x = resolution * uniform(instance)
    const y = resolution * uniform(instance)
    fillDisc(resolution, x, y, radius, between(instance, 0.6, 1.6), (index, share) => {
      backdrop[index] = (backdrop[index] as number) * (1 - share) + uniformOf(leaf) * share
    })
  }
}

// Well-spread tones for leaves numbered 1, 2, 3... (multiples of the golden ratio).
function uniformOf(leaf: number): number {
  return (leaf * 0.6180339887) % 1
}

function fillDisc(
  resolution: number,
  x: number,
  y: number,
  radius: number,
  aspect: number,
  fill: (index: number, share: number) => void,
): void {
  const [width, height] = [radius * aspect, radius / aspect]
  const firstRow = Math.max(0, Math.floor(y - height - 1))
  const lastRow = Math.min(resolution - 1, Math.ceil(y + height))
  const firstColumn = Math.max(0, Math.floor(x - width - 1))
  const lastColumn = Math.min(resolution - 1, Math.ceil(x + width))
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const across = (column + 0.5 - x) / width
      const down = (row + 0.5 - y) / height
      const level = Math.sqrt(across * across + down * down)
      const share = clamp01((1 - level) * radius + 0.5)
      if (share > 0) fill(row * resolution + column, share)
    }
  }
}

const shades = 256

// Colours are looked up by tone; light falls on the whole picture from one side.
function compose(instance: Random, canvas: Canvas, palette: Palette, pixels: Uint8ClampedArray): void {
  const { resolution, coverage, tone, backdrop } = canvas
  const subject = lookUp((share) => {
    const { 0: first, 1: second, 2: third } = palette.subject
    return share < 0.5 ? mix(first, second, share * 2) : mix(second, third, share * 2 - 1)
  })
  const ground = lookUp((share) => mix(palette.backdrop[0], palette.backdrop[1], share))
  const across = between(instance, -0.25, 0.25) / resolution
  const down = between(instance, -0.25, 0.25) / resolution
  for (let row = 0, index = 0; row < resolution; row++) {
    for (let column = 0; column < resolution; column++, index++) {
      const light = 1 + across * (column - resolution / 2) + down * (row - resolution / 2)
      const share = coverage[index] as number
      const front = 3 * Math.round((tone[index] as number) * (shades - 1))
      const back = 3 * Math.round((backdrop[index] as number) * (shades - 1))
      for (let channel = 0; channel < 3; channel++) {
        const far = ground[back + channel] as number
        pixels[3 * index + channel] = light * (far + share * ((subject[front + channel] as number) - far))
      }
    }
  }
}

function lookUp(colourAt: (share: number) => Colour): Float32Array {
  const table = new Float32Array(3 * shades)
  for (let shade = 0; shade < shades; shade++) table.set(colourAt(shade / (shades - 1)), 3 * shade)
  return table
}

// One or two discs in front, each hiding at most about a tenth of the picture.
function coverPart(instance: Random, resolution: number, pixels: Uint8ClampedArray): void {
  for (let count = integerBetween(instance, 1, 2); count > 0; count--) {
    const colour = [uniform(instance) * 255, uniform(instance) * 255, uniform(instance) * 255] as const
    const x = resolution * uniform(instance)
    const y = resolution * uniform(instance)
    const radius = (resolution / 2) * between(instance, 0.1, 0.32)
    fillDisc(resolution, x, y, radius, between(instance, 0.6, 1.6), (index, share) => {
      for (let channel = 0; channel < 3; channel++) {
        const before = pixels[3 * index + channel] as number
        pixels[3 * index + channel] = before + share * ((colour[channel] as number) - before)
      }
    })
  }
}

// The same for the three channels, as in dim light: uniform over +- `strength` / 2.
function addNoise(instance: Random, pixels: Uint8ClampedArray, strength: number): void {
  for (let index = 0; index < pixels.length; index += 3) {
    const shift = strength * (uniform(instance) - 0.5)
    for (let channel = 0; channel < 3; channel++) {
      pixels[index + channel] = (pixels[index + channel] as number) + shift
    }
  }
}
