/**
 * @file Images that somebody has made to do harm, and those that a disk has spoilt: whatever they are, each is read or
 * refused with a sentence within ten seconds, and together they take less than a gigabyte.
 */
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { mapParallel } from '../../core/data/parallel.ts'
import { renderImage } from '../../core/data/decode.ts'
import { inspectImage } from '../../core/data/inspect.ts'
import { isUnreadable, unreadableReason } from '../../core/data/unreadable.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { seeds } from './amount.ts'
import { bombs } from './images/bombs.ts'
import { soundImages, type ImageFile } from './images/sound-images.ts'
import { spoilt } from './images/spoilt.ts'
import { inEnglish } from '../../core/sentence.ts'

const mostMs = 10_000
const mostMegabytes = 1000
// What a stack, a bug of ours or a file of the system would show.
const revealing = /\n\s+at |node:internal|invariant|TypeError|RangeError|root:x:0/
const background = [255, 255, 255] as const
const size = { width: 224, height: 224 }

/** The most memory that this process has ever had. */
function peakMegabytes(): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kilobytes) / 1000
}

interface Outcome {
  readonly name: string
  /** The sentence; null where it was read. */
  readonly reason: string | null
  readonly ms: number
}

/** As a check and a training read it. */
async function tryImage(folder: string, { name, bytes }: ImageFile): Promise<Outcome> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  const start = performance.now()
  try {
    const { pages, ...info } = await inspectImage(path)
    expect(pages, name).toBeGreaterThan(0)
    const { data } = await renderImage(path, info, { background, size })
    expect(data, name).toHaveLength(224 * 224 * 3)
    const crop = { left: 0, top: 0, width: Math.ceil(info.width / 2), height: Math.ceil(info.height / 2) }
    await renderImage(path, info, { background, crop, size })
    return { name, reason: null, ms: performance.now() - start }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return { name, reason: inEnglish(unreadableReason(error)), ms: performance.now() - start }
  }
}

function expectHarmless({ name, reason, ms }: Outcome): void {
  expect(ms, `${name} takes too long`).toBeLessThan(mostMs)
  if (reason === null) return
  expect(reason, name).toMatch(/^[A-Z].*\.$/s)
  expect(reason, name).not.toMatch(revealing)
  expect(reason.length, name).toBeLessThan(500)
}

describe.skipIf(process.platform !== 'linux')('hostile images (Linux, for its figures of memory)', () => {
  let sound: ImageFile[] = []
  beforeAll(async () => {
    sound = await soundImages()
  })

  it('what they are made from is sound', async () => {
    const folder = temporaryFolder()
    for (const image of sound) expect(await tryImage(folder, image)).toMatchObject({ reason: null })
  })

  it('made from a sound one, are read or refused with a sentence', async () => {
    const folder = temporaryFolder()
    // Four at once, as in a check of a folder.
    const outcomes = await mapParallel(seeds(400, 80), 4, async (seed) =>
      tryImage(folder, spoilt(seed, sound)),
    )
    for (const outcome of outcomes) expectHarmless(outcome)
    expect(outcomes.filter(({ reason }) => reason !== null).length).toBeGreaterThan(outcomes.length / 3)
    expect(peakMegabytes()).toBeLessThan(mostMegabytes)
  })

  it('that unfold to much more than they are, take neither the memory nor the time', async () => {
    const folder = temporaryFolder()
    const files = new Map(sound.map(({ name, bytes }) => [name, bytes]))
    for (const bomb of bombs(files)) {
      expectHarmless(await tryImage(folder, bomb))
      expect(peakMegabytes(), bomb.name).toBeLessThan(mostMegabytes)
    }
  })

  it('of which many come at once, share one budget', async () => {
    const folder = temporaryFolder()
    const files = new Map(sound.map(({ name, bytes }) => [name, bytes]))
    const claims = bombs(files).filter(({ name }) => /claim|large/.test(name))
    const bitmap = claims.find(({ name }) => name === 'claim.bmp')
    const all = [
      ...claims,
      ...claims.map((one) => ({ ...one, name: `again-${one.name}` })),
      ...Array.from({ length: 24 }, (_, index) => ({
        name: `${index}.bmp`,
        bytes: bitmap?.bytes ?? Buffer.alloc(0),
      })),
    ]
    const outcomes = await Promise.all(all.map(async (one) => tryImage(folder, one)))
    for (const { reason } of outcomes) expect(reason ?? '').not.toMatch(revealing)
    expect(peakMegabytes()).toBeLessThan(mostMegabytes)
  })
})
