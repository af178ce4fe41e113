/** @file Answers about models that can be downloaded. */
import type { ApiHandlers } from '../../api/contract.ts'
import type { CatalogueCard, CatalogueSettings, CatalogueState } from '../../api/contract/catalogue.ts'
import type { Progress } from '../../api/contract/values.ts'
import type { OtherCopy } from '../../catalogue/progress.ts'
import { withProgress } from '../../api/feed.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { importModel } from '../../catalogue/import-file.ts'
import { approximateBytes, catalogue, findModel, type CatalogueModel } from '../../catalogue/models.ts'
import { chosenHosts, storeMirror } from '../../catalogue/settings.ts'
import { presenceOf, removeModel } from '../../catalogue/store.ts'
import type { Downloads } from '../../studio/models/downloads.ts'
import { downloadStore, studioHome } from '../../studio/home.ts'

/** Answers of the subject `catalogue`. */
export function catalogueHandlers(downloads: Downloads): ApiHandlers['catalogue'] {
  return {
    list: async () => Promise.all(catalogue.map(async (model) => card(model, downloads))),
    download: async function* ({ id }, { signal }) {
      const model = findModel(id)
      const hosts = await chosenHosts(studioHome(), process.env)
      yield* downloads.download(model, { store: downloadStore(), hosts }, signal)
    },
    follow: ({ id }, { signal }) => downloads.follow(findModel(id).id, signal),
    pause: async ({ id }) => downloads.pause(findModel(id).id),
    remove: async ({ id }) => remove(findModel(id), downloads),
    importFile: ({ id, path }, { signal }) => importItems(path, findModel(id), downloads, signal),
    settings,
    setMirror: async ({ mirror }) => {
      await storeMirror(studioHome(), mirror)
      return settings()
    },
  }
}

async function card(model: CatalogueModel, downloads: Downloads): Promise<CatalogueCard> {
  const { id, name, family, parameters, patch, resolution, licence, goodFor, source } = model
  return {
    id,
    name,
    family,
    parameters,
    patch,
    resolution,
    bytes: approximateBytes(model),
    licence: { ...licence },
    goodFor,
    source: source.kind,
    state: await stateOf(model, downloads),
  }
}

async function stateOf(model: CatalogueModel, downloads: Downloads): Promise<CatalogueState> {
  const latest = downloads.latest(model.id)
  return latest === null ? presenceOf(model, downloadStore()) : { state: 'downloading', latest }
}

async function remove(model: CatalogueModel, downloads: Downloads): Promise<OtherCopy[]> {
  refuseWhileDownloading(model, downloads)
  return removeModel(model, downloadStore())
}

function refuseWhileDownloading({ id, name }: CatalogueModel, downloads: Downloads): void {
  if (downloads.latest(id) === null) return
  throw new AppError('busy', say`${name} is being downloaded. Pause the download first.`)
}

async function* importItems(
  path: string,
  model: CatalogueModel,
  downloads: Downloads,
  signal: AbortSignal,
): AsyncGenerator<Progress | { readonly type: 'done'; readonly path: string }> {
  refuseWhileDownloading(model, downloads)
  const imported = yield* withProgress<Progress, string>(async (report) =>
    importModel(path, model, {
      store: downloadStore(),
      signal,
      onProgress: (done, total) => report({ type: 'progress', done, total }),
    }),
  )
  yield { type: 'done', path: imported }
}

async function settings(): Promise<CatalogueSettings> {
  const { hub, chosenBy } = await chosenHosts(studioHome(), process.env)
  return { hub, chosenBy, folder: downloadStore().folder }
}
