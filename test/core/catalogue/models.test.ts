import { rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { catalogue, findModel, weightsFile, type CatalogueModel } from '../../../core/catalogue/models.ts'
import { requireSameModel } from '../../../core/catalogue/same-model.ts'
import { parameterCount } from '../../../core/train/step/graphs.ts'
import { plainVit, type VitConfig } from '../../../core/vit/config.ts'
import { withoutValues } from '../files/tiny-models.ts'

/** The architecture that an entry means, from its family. */
function configOf({ id, width, depth, patch, resolution, classes, family }: CatalogueModel): VitConfig {
  const side = resolution / patch
  const grid = { rows: side, columns: side }
  const heads = width / 64
  return {
    ...plainVit({ width, depth, heads, mlpWidth: 4 * width, patch, grid, classes }),
    ...(family === 'DINOv2' ? { layerScale: true } : {}),
    ...(id.endsWith('registers') ? { registers: 4, prefixPositions: false } : {}),
    ...(family === 'CLIP' ? { preNorm: true, patchBias: false, layerNormEpsilon: 1e-5 } : {}),
    ...(family === 'SigLIP' ? { pooling: 'attention', classToken: false } : {}),
    ...(family.startsWith('hybrid') ? { stem: { width: 64, units: [2, 2, 2, 2], arithmetic: 'timm' } } : {}),
    ...(family === 'DeiT-3' ? { layerScale: true, prefixPositions: false } : {}),
  }
}

const inTimm = catalogue.filter(
  ({ source }) => source.kind === 'hub' && source.repository.startsWith('timm/'),
)

/** What is beside its file on the Hub, in timm's words. */
function timmConfigOf({ source, family, classes, resolution, width }: CatalogueModel): object {
  const [architecture, tag] = source.kind === 'hub' ? (source.repository.split('/')[1] ?? '').split('.') : []
  return {
    architecture,
    num_classes: classes,
    num_features: width,
    global_pool: family === 'SigLIP' ? 'map' : 'token',
    pretrained_cfg: { tag, custom_load: false, input_size: [3, resolution, resolution] },
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

  it.each(inTimm.map((model) => [model.id, model] as const))(
    'knows the file of %s again, alone and beside its config.json',
    async (id, model) => {
      const hollow = await withoutValues(configOf(model))
      const path = join(dirname(hollow), `${id}.safetensors`)
      await rename(hollow, path)
      await requireSameModel(path, model)
      await writeFile(join(dirname(hollow), 'config.json'), JSON.stringify(timmConfigOf(model)))
      await requireSameModel(path, model)
    },
  )

  it.each(catalogue.map((model) => [model.id, model] as const))('counts the parameters of %s', (_, model) => {
    expect(parameterCount(configOf(model))).toBe(model.parameters)
  })

  it('puts the weights last', () => {
    for (const { source } of catalogue) expect(weightsFile(source)).toMatch(/\.(safetensors|npz)$/)
  })

  it('says which models there are when asked for another', () => {
    expect(() => findModel('resnet-50')).toThrow(/no model “resnet-50”\. It has: augreg-tiny-16, /)
  })
})
