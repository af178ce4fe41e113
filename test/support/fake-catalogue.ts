/** @file Answers about the catalogue for tests of the window: one model to download, one with other terms, one already here. */
import type { ApiHandlers } from '../../core/api/contract.ts'
import type { CatalogueCard } from '../../core/api/contract/catalogue.ts'

/** An entry, with what a test needs changed. */
export function fakeCard(changes: Partial<CatalogueCard> = {}): CatalogueCard {
  return {
    id: 'augreg-small-16',
    name: 'ViT Small',
    family: 'AugReg',
    parameters: 30_075_219,
    patch: 16,
    resolution: 224,
    bytes: 120_300_876,
    licence: { name: 'Apache-2.0', permissive: true },
    goodFor: 'The best balance of accuracy and speed for most collections of photos.',
    source: 'hub',
    state: { state: 'absent' },
    ...changes,
  }
}

/** Answers of the subject `catalogue`: every download is complete at once. */
export function fakeCatalogue(): ApiHandlers['catalogue'] {
  const settings = { hub: 'https://hub.example', chosenBy: 'default', folder: '/home/models' } as const
  return {
    list: () => [
      fakeCard(),
      fakeCard({
        id: 'mae-base-16',
        name: 'MAE Base',
        family: 'MAE',
        licence: { name: 'CC-BY-NC-4.0', permissive: false },
      }),
      fakeCard({
        id: 'dino-small-16',
        name: 'DINO Small',
        family: 'DINO',
        state: { state: 'ready', path: '/home/models/dino-small-16/model.safetensors', shared: false },
      }),
    ],
    download: async function* ({ id }) {
      const total = 120_300_876
      yield { type: 'progress', done: total / 2, total, bytesPerSecond: 6e6, secondsLeft: 10 }
      yield { type: 'checking' }
      yield { type: 'done', path: `/home/models/${id}/model.safetensors` }
    },
    follow: async function* () {
      yield* []
    },
    pause: () => undefined,
    remove: () => [],
    importFile: async function* ({ id }) {
      yield { type: 'progress', done: 1, total: 2 }
      yield { type: 'done', path: `/home/models/${id}/model.safetensors` }
    },
    settings: () => settings,
    setMirror: ({ mirror }) =>
      mirror === null ? settings : { ...settings, hub: mirror, chosenBy: 'setting' },
  }
}
