import { rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { catalogue, findModel, weightsFile, type CatalogueModel } from '../../../core/catalogue/models.ts'
import { requireSameModel } from '../../../core/catalogue/same-model.ts'
import { parameterCount } from '../../../core/train/graphs.ts'
import { plainVit, type VitConfig } from '../../../core/vit/config.ts'
import { withoutValues } from '../files/tiny-models.ts'

/** The architecture that a card means, from its family. */
function configOf({ width, depth, patch, resolution, classes, family }: CatalogueModel): VitConfig {
  const side = resolution / patch
  const grid = { rows: side, columns: side }
  const heads = width / 64
  return {
    ...plainVit({ width, depth, heads, mlpWidth: 4 * width, patch, grid, classes }),
    ...(family === 'DINOv2' ? { layerScale: true } : {}),
    ...(family === 'DeiT-3' ? { layerScale: true, prefixPositions: false } : {}),
  }
}

describe('the catalogue', () => {
  it('names every model once, in words that can be a folder', () => {
    const ids = catalogue.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/)
    expect(new Set(catalogue.map(({ name }) => name)).size).toBe(ids.length)
  })

  it('says of each in one sentence what it is good for', () => {
    for (const { goodFor } of catalogue) expect(goodFor).toMatch(/^[A-Z].{20,110}\.$/)
  })

  it('flags terms that do not permit every use', () => {
    const flagged = catalogue.filter(({ licence }) => !licence.permissive).map(({ id }) => id)
    expect(flagged).toEqual(['mae-base-16'])
  })

  it.each(catalogue.map((model) => [model.id, model] as const))(
    'counts the parameters of %s, and knows its file again',
    async (id, model) => {
      const config = configOf(model)
      expect(parameterCount(config)).toBe(model.parameters)
      const hollow = await withoutValues(config)
      const path = join(dirname(hollow), `${id}.safetensors`)
      await rename(hollow, path)
      await requireSameModel(path, model)
    },
  )

  it('puts the weights last', () => {
    for (const { source } of catalogue) expect(weightsFile(source)).toMatch(/\.(safetensors|npz)$/)
  })

  it('says which models there are when asked for another', () => {
    expect(() => findModel('resnet-50')).toThrow(/no model “resnet-50”\. It has: augreg-tiny-16, /)
  })
})
