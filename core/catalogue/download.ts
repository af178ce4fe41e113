/** @file Downloads a model from the catalogue: its files one after the other, then a check that they are that model. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError, throwIfCancelled } from '../errors.ts'
import { say } from '../sentence.ts'
import { withLock } from '../files/lock.ts'
import { fileSize } from '../files/regular-file.ts'
import { addressOf, type Hosts } from './addresses.ts'
import { approximateBytes, weightsFile, type CatalogueModel } from './models.ts'
import type { TransferEvent } from './progress.ts'
import { requireSameModel } from './same-model.ts'
import { createSpeedometer } from './speed.ts'
import { folderOf, presenceOf, writeNote, type Store } from './store.ts'
import {
  transfer,
  defaultRetryPolicy,
  type Arrived,
  type TransferOptions,
  type RetryPolicy,
} from './transfer.ts'

/** Source, destination, callbacks and how to stop. */
export interface DownloadOptions {
  readonly store: Store
  readonly hosts: Hosts
  readonly signal: AbortSignal
  readonly onEvent: (event: TransferEvent) => void
  readonly retryPolicy?: RetryPolicy
}

/**
 * Downloads a model and gives the path of its weights; at once if it is here already. If it fails or is stopped, what
 * has arrived is kept, and the next call resumes.
 *
 * @throws AppError `cancelled` when stopped, `busy` while another process downloads it, otherwise the reason why it is
 *   not available
 */
export async function downloadModel(model: CatalogueModel, options: DownloadOptions): Promise<string> {
  const { store, signal } = options
  throwIfCancelled(signal)
  return readyPath(model, store, async () =>
    withLock(
      folderOf(model, store),
      // Another process may have finished it before the folder was free.
      async () => readyPath(model, store, async () => fetchAll(model, options)),
      { make: {} },
    ),
  )
}

async function readyPath(
  model: CatalogueModel,
  store: Store,
  otherwise: () => Promise<string>,
): Promise<string> {
  const presence = await presenceOf(model, store)
  return presence.state === 'ready' ? presence.path : otherwise()
}

async function fetchAll(model: CatalogueModel, options: DownloadOptions): Promise<string> {
  const { store, hosts, onEvent } = options
  const folder = folderOf(model, store)
  const weights = weightsFile(model.source)
  const transferOptions = transferOptionsFor(model, options)
  for (const file of model.source.files.slice(0, -1)) {
    if (await isThere(join(folder, file))) continue
    await transfer(addressOf(model, file, hosts), join(folder, file), quietly(transferOptions))
  }
  const path = join(folder, weights)
  const address = addressOf(model, weights, hosts)
  const arrived: Arrived = (await isThere(path))
    ? { digest: null, commit: null }
    : await transfer(address, path, transferOptions)
  onEvent({ type: 'checking' })
  await requireWhatWasMeant(path, model)
  const at = new Date().toISOString()
  await writeNote(folder, { id: model.id, weights, from: address.href, ...arrived, at })
  return path
}

/** Small files arrive at once; only problems with them are reported. */
function quietly(transferOptions: TransferOptions): TransferOptions {
  return { ...transferOptions, onBytes: () => undefined, onCheck: () => undefined }
}

/** A file that is not the model is useless: the next download starts from scratch. */
async function requireWhatWasMeant(path: string, model: CatalogueModel): Promise<void> {
  try {
    await requireSameModel(path, model)
  } catch (thrown) {
    const { code, sentence } = AppError.from(thrown)
    if (code === 'invalid_input' || code === 'unsupported') await rm(path, { force: true })
    throw new AppError(
      code,
      say`The download of ${model.id} cannot be used. ${sentence}`,
      {},
      { cause: thrown },
    )
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await fileSize(path)) !== null
}

const reportEveryMs = 200

function transferOptionsFor(
  model: CatalogueModel,
  { store, signal, onEvent, retryPolicy }: DownloadOptions,
): TransferOptions {
  const speedometer = createSpeedometer()
  let reportedAt = -Infinity
  return {
    signal,
    token: model.source.kind === 'hub' ? tokenFrom(store.environment) : null,
    retryPolicy: retryPolicy ?? defaultRetryPolicy,
    onBytes: (done, announced) => {
      const now = performance.now()
      if (now - reportedAt < reportEveryMs && done !== announced) return
      reportedAt = now
      speedometer.note(done, now)
      const total = announced ?? Math.max(done, approximateBytes(model))
      const bytesPerSecond = speedometer.speed()
      const secondsLeft = bytesPerSecond === 0 ? null : (total - done) / bytesPerSecond
      onEvent({ type: 'progress', done, total, bytesPerSecond, secondsLeft })
    },
    onWait: (seconds, reason) => onEvent({ type: 'waiting', seconds, reason }),
    onCheck: () => onEvent({ type: 'checking' }),
  }
}

function tokenFrom({ HF_TOKEN }: NodeJS.ProcessEnv): string | null {
  return HF_TOKEN === undefined || HF_TOKEN.trim() === '' ? null : HF_TOKEN.trim()
}
