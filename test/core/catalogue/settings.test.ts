import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { addressOf, mirrorAddress } from '../../../core/catalogue/addresses.ts'
import { hubCacheFolder } from '../../../core/catalogue/hub-cache.ts'
import { findModel } from '../../../core/catalogue/models.ts'
import { chosenHosts, storeMirror } from '../../../core/catalogue/settings.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('the mirror', () => {
  it('is the stored one, then that of the environment, then none', async () => {
    const home = temporaryFolder()
    const environment = { HF_ENDPOINT: 'https://mirror.example/' }
    expect(await chosenHosts(home, {})).toMatchObject({ chosenBy: 'default' })
    expect(await chosenHosts(home, environment)).toMatchObject({
      hub: 'https://mirror.example',
      chosenBy: 'environment',
    })
    await storeMirror(home, 'http://nas.local:8080/hub/')
    expect(await chosenHosts(home, environment)).toMatchObject({
      hub: 'http://nas.local:8080/hub',
      chosenBy: 'setting',
    })
    await storeMirror(home, null)
    expect(await chosenHosts(home, environment)).toMatchObject({ chosenBy: 'environment' })
  })

  it('is none where the file of settings was damaged', async () => {
    const home = temporaryFolder()
    await writeFile(join(home, 'catalogue.json'), '{"mirror":')
    expect(await chosenHosts(home, {})).toMatchObject({ chosenBy: 'default' })
  })

  it.each(['nas.local', 'ftp://nas.local', 'file:///models', 'https://a.example/?b', ''])(
    'cannot be “%s”',
    (given) => {
      expect(() => mirrorAddress(given)).toThrow('is not the address of a mirror')
    },
  )
})

describe('addresses', () => {
  const hosts = { hub: 'http://nas.local/hub', bucket: 'https://bucket.example' }

  it('are those of the Hub', () => {
    const address = addressOf(findModel('dino-small-16'), 'model.safetensors', hosts)
    expect(address.href).toBe(
      'http://nas.local/hub/timm/vit_small_patch16_224.dino/resolve/main/model.safetensors',
    )
  })

  it('are those of the bucket, which no mirror changes', () => {
    const model = findModel('augreg-tiny-16-npz')
    expect(addressOf(model, model.source.files[0] ?? '', hosts).href).toBe(
      'https://bucket.example/vit_models/augreg/Ti_16-i21k-300ep-lr_0.001-aug_none-wd_0.03-do_0.0-sd_0.0.npz',
    )
  })
})

describe('the cache of Hugging Face programs', () => {
  it.each([
    [{ HF_HUB_CACHE: '/a', HUGGINGFACE_HUB_CACHE: '/b', HF_HOME: '/c' }, '/a'],
    [{ HUGGINGFACE_HUB_CACHE: '/b', HF_HOME: '/c' }, '/b'],
    [{ HF_HOME: '/c', XDG_CACHE_HOME: '/d' }, join('/c', 'hub')],
    [{ HF_HUB_CACHE: '', XDG_CACHE_HOME: '/d' }, join('/d', 'huggingface', 'hub')],
  ])('is where %j says', (environment, folder) => {
    expect(hubCacheFolder(environment)).toBe(folder)
  })
})
