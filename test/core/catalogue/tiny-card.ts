/** @file A catalogue model that is small enough for tests, and its files. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { CatalogueModel } from '../../../core/catalogue/models.ts'
import type { Store } from '../../../core/catalogue/store.ts'
import { parameterCount } from '../../../core/train/step/graphs.ts'
import { writeTimm } from '../../../core/files/export-timm.ts'
import { plainVit } from '../../../core/vit/config.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { tinyConfig, tinyModel, withoutValues } from '../files/tiny-models.ts'
import type { FakeHub } from './fake-hub.ts'

/** What it is, as the catalogue would have it. */
export const tinyCard: CatalogueModel = {
  id: 'deit-tiny-test',
  name: 'Tiny',
  family: 'DeiT',
  parameters: parameterCount(tinyConfig({ width: 64, heads: 1, mlpWidth: 128 })),
  width: 64,
  depth: 2,
  patch: 4,
  resolution: 12,
  classes: 3,
  licence: { name: 'Apache-2.0', permissive: true },
  goodFor: 'Tests.',
  source: {
    kind: 'hub',
    repository: 'owner/tiny',
    revision: 'main',
    files: ['config.json', 'model.safetensors'],
  },
}

// Heads are 64 wide in all catalogue models, which is how their number is known.
const wide = { width: 64, heads: 1, mlpWidth: 128 }

/** Where the Hub keeps its weights. */
export const tinyWeightsPath = 'owner/tiny/resolve/main/model.safetensors'

/** A folder with its files; `changes` make another model of it. */
export async function tinyFolder(changes: Parameters<typeof tinyModel>[0] = {}): Promise<string> {
  const folder = join(temporaryFolder(), 'tiny')
  await writeTimm(folder, tinyModel({ ...wide, ...changes }))
  return folder
}

/** Puts its files on a Hub, and gives the weights. */
export async function putTiny(hub: FakeHub, changes: Parameters<typeof tinyModel>[0] = {}): Promise<Buffer> {
  const folder = await tinyFolder(changes)
  const [config, weights] = await Promise.all(
    ['config.json', 'model.safetensors'].map(async (name) => readFile(join(folder, name))),
  )
  hub.put('owner/tiny/resolve/main/config.json', config!)
  hub.put(tinyWeightsPath, weights!)
  return weights!
}

/** Puts DeiT-Tiny on a Hub, of which everything is right but its values, which are zero. */
export async function putDeitTiny(hub: FakeHub): Promise<Buffer> {
  const grid = { rows: 14, columns: 14 }
  const config = plainVit({ width: 192, depth: 12, heads: 3, mlpWidth: 768, patch: 16, grid, classes: 1000 })
  const weights = await readFile(await withoutValues(config))
  const folder = 'timm/deit_tiny_patch16_224.fb_in1k/resolve/main'
  hub.put(`${folder}/config.json`, Buffer.from('{"architecture":"deit_tiny_patch16_224"}'))
  hub.put(`${folder}/model.safetensors`, weights)
  return weights
}

/** Where the Hub keeps the weights of DeiT-Tiny. */
export const deitTinyPath = 'timm/deit_tiny_patch16_224.fb_in1k/resolve/main/model.safetensors'

/** An empty store, in an environment that names no cache of other programs. */
export function emptyStore(environment: NodeJS.ProcessEnv = {}): Store {
  const folder = temporaryFolder()
  return {
    folder: join(folder, 'models'),
    environment: { HF_HUB_CACHE: join(folder, 'cache'), ...environment },
  }
}
