/** @file The split that the window shows is the split that training makes, copies and corrections included. */
import { join } from 'node:path'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { checkData } from '../../../core/data/check.ts'
import { divideImages } from '../../../core/data/split.ts'
import { checkFolderItems } from '../../../core/studio/data/check-folder.ts'
import { makeFolder } from '../../../core/files/make-folder.ts'
import { createRandom, integer } from '../../../core/tensor/random.ts'
import { createData, splitOf } from '../../../renderer/store/data.ts'
import { createImageFolders } from '../../../core/studio/labels/image-folders.ts'
import { labelled } from '../../support/fake-labels.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const side = 60

async function writeNoise(path: string, seed: number, size = side): Promise<void> {
  const random = createRandom(seed)
  const cells = Buffer.from(Array.from({ length: 3 * 5 * 5 }, () => integer(random, 256)))
  await sharp(cells, { raw: { width: 5, height: 5, channels: 3 } })
    .resize(size, size, { kernel: 'cubic' })
    .png()
    .toFile(path)
}

/** Two classes of twenty images; the first has four pictures in four exact copies each, and two pairs of near-copies. */
async function writeFolder(): Promise<string> {
  const root = temporaryFolder()
  for (const [label, name] of ['apple', 'pear'].entries()) {
    await makeFolder(join(root, name))
    for (let index = 0; index < 20; index++) {
      const path = join(root, name, `${String(index).padStart(2, '0')}.png`)
      const isCopy = label === 0 && index < 16
      const isNear = label === 0 && index >= 16 && index % 2 === 1
      const seed = 100 * label + (isCopy ? index % 4 : isNear ? index - 1 : index)
      await writeNoise(path, seed, isNear ? 2 * side : side)
    }
  }
  return root
}

describe('the split that is shown', () => {
  it.each([{ moved: [] }, { moved: ['pear/00.png', 'pear/01.png'] }])(
    'is the one that training makes, for every share and seed ($moved)',
    async ({ moved }) => {
      const root = await writeFolder()
      const labels = labelled(root, Object.fromEntries(moved.map((path) => [path, 'apple'])))
      const handlers = fakeHandlers()
      const check = (): ReturnType<typeof checkFolderItems> =>
        checkFolderItems(
          createImageFolders(),
          { folder: root, validation: null },
          { labels, cacheDirectory: temporaryFolder() },
        )
      const store = createData(connectedTo({ ...handlers, data: { ...handlers.data, check } }))
      await store.getState().check(root)
      const { state } = store.getState()
      if (state.phase !== 'ready') throw new Error(JSON.stringify(state))
      const checked = await checkData(root, { labels })
      expect(checked.counts).toEqual([20 + moved.length, 20 - moved.length])
      expect(checked.images.filter(({ group }) => group !== undefined).length).toBeGreaterThan(3)
      const differing: number[] = []
      for (const share of [0, 0.05, 0.2, 0.35, 0.5]) {
        for (const seed of [0, 1, 2, 7]) {
          const { training, validation } = divideImages(checked, share, seed)
          const shown = splitOf(state.checked, share, seed)
          expect(shown).toEqual(
            checked.classes.map((name, label) => ({
              name,
              training: training.filter((image) => image.label === label).length,
              held: validation.filter((image) => image.label === label).length,
            })),
          )
          const naive = Math.round(share * (checked.counts[0] ?? 0))
          differing.push(Math.abs((shown[0]?.held ?? 0) - naive))
        }
      }
      // Counting images instead of groups would be wrong here.
      expect(Math.max(...differing)).toBeGreaterThan(2)
    },
  )
})
